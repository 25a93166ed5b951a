/** The word that was most likely meant, if any is near enough. */
export function nearest(word: string, words: Iterable<string>): string | undefined {
  let best: string | undefined;
  // A third of the letters may be wrong; letter case and separators count little.
  let bestCost = Math.max(1, Math.floor(word.length / 3)) + 0.5;
  const plain = simplify(word);
  for (const candidate of words) {
    const other = simplify(candidate);
    const cost =
      plain === other ? 0.1 : plural(plain) === plural(other) ? 0.4 : distance(plain, other, bestCost);
    if (cost < bestCost) {
      best = candidate;
      bestCost = cost;
    }
  }
  return best;
}

const simplify = (word: string) => word.toLowerCase().replace(/[-_ .]/g, '');
const plural = (word: string) => word.replace(/e?s$/, '');

/** Edits from one word to the other, a swap of neighbours counting once; given up beyond `most`. */
function distance(a: string, b: string, most: number): number {
  if (Math.abs(a.length - b.length) > most || a.length > 100 || b.length > 100)
    return Number.POSITIVE_INFINITY;
  let before: number[] = [];
  let above = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    let least = i;
    for (let j = 1; j <= b.length; j++) {
      let cost = Math.min(above[j]! + 1, row[j - 1]! + 1, above[j - 1]! + (a[i - 1] === b[j - 1] ? 0 : 1));
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1])
        cost = Math.min(cost, before[j - 2]! + 1);
      row.push(cost);
      if (cost < least) least = cost;
    }
    if (least > most) return Number.POSITIVE_INFINITY;
    before = above;
    above = row;
  }
  return above[b.length]!;
}
