/** Words of CEL that a property may be named by only in disguise. */
const RESERVED = new Set(
  'true false null in as break const continue else for function if import let loop package namespace return var void while'.split(
    ' ',
  ),
);
const SAID: Readonly<Record<string, string>> = {
  __: '__underscores__',
  '.': '__dot__',
  '-': '__dash__',
  '/': '__slash__',
};

/** The name of a property in an expression, by Kubernetes' rules; undefined where no expression can name it. */
export function escapeProperty(name: string): string | undefined {
  if (RESERVED.has(name)) return `__${name}__`;
  if (!/^[A-Za-z_./-][A-Za-z0-9_./-]*$/.test(name)) return undefined;
  const escaped = name.replace(/__|[./-]/g, (part) => SAID[part] ?? part);
  // The library would take it for what every JavaScript object has.
  return escaped === 'constructor' ? undefined : escaped;
}
