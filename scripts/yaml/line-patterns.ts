/*
 * Most lines of most manifests are a key, a key and a scalar, or a `-` before one of these. A regular expression reads
 * such a line at once, where a scanner makes a dozen tokens of it.
 */

/** Tabs, line breaks but the line feed, control characters, and what UTF-16 writes in two. */
const UNUSUAL = /[^\n\x20-\x7e\xa0-\u2027\u202a-\ud7ff\ue000-\ufefe\uff00-\ufffd]/;

/** In a plain scalar a colon is followed by no blank, and `#` follows none. */
const ANY = '(?:[^ \\n:]|:(?=[^ \\n]))';
const AFTER_BLANK = '(?:[^ \\n:#]|:(?=[^ \\n]))';
const FIRST = '(?:[^ \\n?:,[\\]{}#&*!|>\'"%@`-]|-(?=[^ \\n]))';
const PLAIN = `${FIRST}${ANY}*(?: +${AFTER_BLANK}${ANY}*)*`;
const QUOTED = `"[^"\\\\\\n]*"|'[^'\\n]*'`;
const VALUE = `${PLAIN}|${QUOTED}|\\{\\}|\\[\\]`;
const KEY = `[A-Za-z_][\\w./-]*|${QUOTED}`;
const REST = '(?: *| +#[^\\n]*)(?:\\n|$)';

/** A key, and a scalar or nothing: its key, the blanks after the colon, the scalar. */
export const PAIR = new RegExp(`(${KEY}):(?:( +)(${VALUE}))?${REST}`, 'y');
/** A key before a value that is more than a word. */
export const START_OF_PAIR = new RegExp(`(${KEY}): +`, 'y');
/** A scalar. */
export const ITEM = new RegExp(`(${VALUE})${REST}`, 'y');
export const DASH = /-(?: +|(?=\n|$))/y;
/** Empty lines and comments, some of them, and the indentation after them: an expression's stack is small. */
export const GAP = /(?: *(?:#[^\n]*)?\n){0,200}( *)/y;

/** Whether a text is of characters that these expressions read; then go-yaml refuses none of them. */
export function isUsual(text: string): boolean {
  return !UNUSUAL.test(text);
}
