const known = new Map<string, boolean>();
let canonical: ReadonlyMap<string, string> | undefined;

/** Whether the server's time zone database would have it: names are case-sensitive there. */
export function isTimeZone(name: string): boolean {
  let answer = known.get(name);
  if (answer === undefined) {
    answer = look(name);
    known.set(name, answer);
  }
  return answer;
}

function look(name: string): boolean {
  // The list of all zones takes long to load, and this is the usual one.
  if (name === 'Etc/UTC') return true;
  if (name.toLowerCase() === 'local') return false;
  for (const part of name.split('/'))
    if (!/^[A-Za-z._0-9+-]{1,14}$/.test(part) || part === '.' || part === '..' || part.startsWith('-'))
      return false;
  canonical ??= new Map(
    ['UTC', ...Intl.supportedValuesOf('timeZone')].map((zone) => [zone.toLowerCase(), zone]),
  );
  const exact = canonical.get(name.toLowerCase());
  if (exact !== undefined) return exact === name;
  // A bare offset is a zone in JavaScript only.
  if (/^[+-]/.test(name)) return false;
  try {
    new Intl.DateTimeFormat('en', { timeZone: name });
    return true;
  } catch {
    return false;
  }
}
