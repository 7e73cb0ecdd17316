/**
 * Finds the word that was probably meant: the nearest of `words` within two typing slips (one in a
 * word of two or three letters, none in a single one), upper and lower case alike.
 */
export function nearestWord(word: string, words: Iterable<string>): string | undefined {
  if (word.length > 64) return undefined;
  let nearest: string | undefined;
  let least = word.length > 3 ? 2 : Math.min(1, word.length - 1);
  for (const candidate of words) {
    const distance = editDistance(word.toLowerCase(), candidate.toLowerCase());
    if (distance < least || (distance === least && nearest === undefined)) {
      nearest = candidate;
      least = distance;
    }
  }
  return nearest;
}

/** Writes the cure for a wrong word: the one probably meant, then all that are right. */
export function wordCure(word: unknown, words: readonly string[]): string {
  const nearest = typeof word === 'string' ? nearestWord(word, words) : undefined;
  const meant = nearest === undefined ? '' : `did you mean ${nearest}? `;
  return words.length === 0 ? 'there are none' : `${meant}known: ${words.join(', ')}`;
}

/** Least number of inserted, deleted, replaced or swapped neighbouring characters. */
function editDistance(a: string, b: string): number {
  let before: number[] = [];
  let row = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++) {
      const replaced = (row[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1);
      let least = Math.min(replaced, (row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1);
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1])
        least = Math.min(least, (before[j - 2] ?? 0) + 1);
      next.push(least);
    }
    before = row;
    row = next;
  }
  return row[b.length] ?? 0;
}
