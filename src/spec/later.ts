/**
 * Words of the published interface that this version does not compute yet, by the field they stand
 * in: a request for one is told so, rather than that the word is wrong.
 */
const laterWords: Readonly<Record<string, readonly string[]>> = {
  precision: ['exact'],
};

/** Whether `word` in (or as a field of) `field` is meant for a later version. */
export function isLater(field: string, word: unknown): boolean {
  return laterWords[field]?.some((later) => later === word) ?? false;
}
