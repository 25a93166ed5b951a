/** Character codes and classes as libyaml sees them; 0 stands for the end of the text. */
export const TAB = 9;
export const LF = 10;
export const CR = 13;
export const SPACE = 32;

/** CR, LF, NEL, LS and PS end a line. */
export function isBreak(code: number): boolean {
  return (
    code === LF || code === CR || (code >= 0x85 && (code === 0x85 || code === 0x2028 || code === 0x2029))
  );
}

export function isBreakOrEnd(code: number): boolean {
  return code === 0 || isBreak(code);
}

export function isBlank(code: number): boolean {
  return code === SPACE || code === TAB;
}

export function isBlankOrEnd(code: number): boolean {
  if (code > SPACE) return code >= 0x85 && (code === 0x85 || code === 0x2028 || code === 0x2029);
  return code === SPACE || code === LF || code === TAB || code === CR || code === 0;
}

export function isDigit(code: number): boolean {
  return code >= 48 && code <= 57;
}

/** Letters, digits, `_` and `-`: what anchors and tag handles are made of. */
export function isWord(code: number): boolean {
  return (
    (code >= 97 && code <= 122) || (code >= 65 && code <= 90) || isDigit(code) || code === 95 || code === 45
  );
}

/** -1 for what is no hexadecimal digit. */
export function hexDigit(code: number): number {
  if (isDigit(code)) return code - 48;
  if (code >= 97 && code <= 102) return code - 87;
  if (code >= 65 && code <= 70) return code - 55;
  return -1;
}

/** What go-yaml's reader refuses anywhere in a text. */
export const FORBIDDEN =
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is looked for
  /[\0-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ufffe\uffff]|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/;
