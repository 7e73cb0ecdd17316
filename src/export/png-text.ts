import { unzlibSync } from 'fflate';
import { RequestError } from '../spec/errors.ts';
import { type Chunk, latin1Bytes, latin1Text } from './png-chunk.ts';

/** Bytes one compressed text may unpack to; a canonical spec has some 1 kB. */
const maxTextBytes = 2 ** 24;

/**
 * Makes a text chunk: `tEXt` where Latin-1 says it all, else `iTXt` in UTF-8, uncompressed, so that
 * plain tools can find it.
 *
 * @param keyword 1 to 79 printable Latin-1 characters, no space at either end.
 * @throws {Error} if the keyword is none, or the text has a zero character.
 * @see PNG specification, sections 11.3.3.2 (tEXt) and 11.3.3.4 (iTXt)
 */
export function textChunk(keyword: string, text: string): Chunk {
  const isKeyword = /^(?! )[ -~\xa1-\xff]{1,79}(?<! )$/.test(keyword);
  if (!isKeyword || text.includes('\0')) {
    throw new Error(`no PNG text: ${JSON.stringify(keyword)}`);
  }
  return /^[\n -~\xa0-\xff]*$/.test(text)
    ? { type: 'tEXt', data: latin1Bytes(`${keyword}\0${text}`) }
    : {
        type: 'iTXt',
        data: Uint8Array.from([
          ...latin1Bytes(`${keyword}\0\0\0\0\0`), // not compressed, no language, no translated keyword
          ...new TextEncoder().encode(text),
        ]),
      };
}

/**
 * Reads a text chunk of any kind (`tEXt`, `zTXt`, `iTXt`), since other tools rewrite them.
 *
 * @param where names the file in errors.
 * @returns keyword and text, or nothing for a chunk of another type.
 * @throws {RequestError} `damaged-chunk` if it is not laid out as its type says.
 */
export function chunkText({ type, data }: Chunk, where: string): [string, string] | undefined {
  if (type !== 'tEXt' && type !== 'zTXt' && type !== 'iTXt') return undefined;
  const fault = { code: 'damaged-chunk', where: `${where}: ${type}` };
  const end = data.indexOf(0);
  const keyword = latin1Text(data.subarray(0, end));
  if (end < 1) throw new RequestError({ ...fault, what: 'has no keyword' });
  if (type === 'tEXt') return [keyword, latin1Text(data.subarray(end + 1))];
  if (type === 'zTXt') return [keyword, latin1Text(inflateText(data.subarray(end + 2), fault))];
  const isCompressed = data[end + 1] === 1;
  const language = data.indexOf(0, end + 3);
  const translated = data.indexOf(0, language + 1);
  if (language < 0 || translated < 0) throw new RequestError({ ...fault, what: 'ends too early' });
  const body = data.subarray(translated + 1);
  const utf8 = isCompressed ? inflateText(body, fault) : body;
  return [keyword, new TextDecoder().decode(utf8)];
}

function inflateText(packed: Uint8Array, fault: { code: string; where: string }): Uint8Array {
  const text = unpack(packed, fault);
  if (text.length < maxTextBytes) return text;
  throw new RequestError({ ...fault, what: `unpacks to ${maxTextBytes} bytes or more` });
}

function unpack(packed: Uint8Array, fault: { code: string; where: string }): Uint8Array {
  try {
    return unzlibSync(packed, { out: new Uint8Array(maxTextBytes) });
  } catch (cause) {
    const what = cause instanceof Error ? cause.message : 'cannot be unpacked';
    throw new RequestError({ ...fault, what });
  }
}
