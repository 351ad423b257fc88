/**
 * Whether a known word is probably what a person meant: one slip in a short word, two in a long one. A slip is a
 * letter too many, too few, another one, or two that changed places (Damerau 1964, the restricted form).
 */
export function isProbablyMeant(written: string, known: string): boolean {
  const allowed = written.length >= 9 ? 2 : written.length >= 5 ? 1 : 0;
  // People rarely get the first letter wrong, and words that differ there are usually other words.
  return written[0] === known[0] && slips(written, known, allowed) <= allowed;
}

/** The number of slips; anything above `most` may be reported as more than it is. */
export function slips(a: string, b: string, most: number): number {
  if (Math.abs(a.length - b.length) > most) return most + 1;
  let beforeLast: number[] = [];
  let last = Array.from({length: b.length + 1}, (_, index) => index);
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    for (let j = 1; j <= b.length; j++) {
      const isSame = a[i - 1] === b[j - 1];
      let least = Math.min(last[j]! + 1, row[j - 1]! + 1, last[j - 1]! + (isSame ? 0 : 1));
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1])
        least = Math.min(least, beforeLast[j - 2]! + 1);
      row.push(least);
    }
    [beforeLast, last] = [last, row];
  }
  return last[b.length]!;
}
