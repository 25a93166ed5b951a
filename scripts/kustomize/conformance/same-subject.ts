/** Words that any error may hold. */
const COMMON = new Set(
  'the for not error from with and that this are but has have was were err must resource resources kustomization yaml'.split(
    ' ',
  ),
);

/**
 * Whether two errors are about the same thing: they share a name, a path or a word of their subject. The wording is
 * each program's own.
 */
export function isAboutTheSame(expected: string, actual: string): boolean {
  const subject = words(
    expected
      .split('\n')
      .filter((line) => !line.startsWith('# Warning'))
      .join('\n'),
  );
  for (const word of words(actual)) if (subject.has(word)) return true;
  return false;
}

function words(text: string): ReadonlySet<string> {
  const found = text.toLowerCase().match(/[a-z0-9][a-z0-9_.-]{2,}/g) ?? [];
  return new Set(found.map((word) => word.replace(/\.+$/, '')).filter((word) => !COMMON.has(word)));
}
