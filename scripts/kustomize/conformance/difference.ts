const CONTEXT = 2;
const LIMIT = 12;

/** The first lines that differ, with some before them; undefined where both are the same. */
export function difference(expected: string, actual: string): string | undefined {
  if (expected === actual) return undefined;
  const wanted = expected.split('\n');
  const got = actual.split('\n');
  let start = 0;
  while (wanted[start] === got[start]) start++;
  let end = 0;
  while (end < Math.min(wanted.length, got.length) - start && wanted.at(-1 - end) === got.at(-1 - end)) end++;
  const only = (lines: readonly string[], sign: string) => {
    const part = lines.slice(start, lines.length - end);
    const shown = part.slice(0, LIMIT).map((line) => `${sign} ${line}`);
    return part.length > LIMIT ? [...shown, `${sign} … ${part.length - LIMIT} more lines`] : shown;
  };
  const before = wanted.slice(Math.max(0, start - CONTEXT), start).map((line) => `  ${line}`);
  return [`line ${start + 1} of the output`, ...before, ...only(wanted, '-'), ...only(got, '+')].join('\n');
}
