import { readJson } from './json-text.ts';

/**
 * Reads the JSON text of a spec, as from a file, standard input or a link. The result is what
 * `applyOverrides` and `parseSpec` take; nothing but its JSON is checked here.
 *
 * @param where what to call the text in messages: the file's name.
 * @throws {RequestError} `bad-json`, `duplicate-key`, `not-finite` or `limit`, with line, column
 *   and a caret under the place.
 */
export function parseSpecText(text: string, where: string): unknown {
  return readJson(text, where);
}
