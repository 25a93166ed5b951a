import { hexDigit, isBlank, isBlankOrEnd, isBreak } from './characters.ts';
import { type Cursor, foldBreaks, YamlFault } from './cursor.ts';

const ESCAPES: Readonly<Record<string, string>> = {
  '0': '\0',
  a: '\x07',
  b: '\b',
  t: '\t',
  '\t': '\t',
  n: '\n',
  v: '\v',
  f: '\f',
  r: '\r',
  e: '\x1b',
  ' ': ' ',
  '"': '"',
  "'": "'",
  '\\': '\\',
  N: '\x85',
  _: '\xa0',
  L: '\u2028',
  P: '\u2029',
};
const ESCAPE_LENGTHS: Readonly<Record<string, number>> = { x: 2, u: 4, U: 8 };

function readEscape(cursor: Cursor): string {
  const start = cursor.position;
  const letter = cursor.text.charAt(start + 1);
  const length = ESCAPE_LENGTHS[letter];
  cursor.position += 2;
  if (length === undefined) {
    const known = Object.hasOwn(ESCAPES, letter) ? ESCAPES[letter] : undefined;
    if (known === undefined || start + 1 >= cursor.end)
      throw new YamlFault('found unknown escape character', start, start + 2);
    return known;
  }
  let value = 0;
  for (let i = 0; i < length; i++) {
    const digit = hexDigit(cursor.at(cursor.position + i));
    if (digit < 0)
      throw new YamlFault('did not find expected hexadecimal number', start, cursor.position + i);
    value = value * 16 + digit;
  }
  cursor.position += length;
  if ((value >= 0xd800 && value <= 0xdfff) || value > 0x10ffff)
    throw new YamlFault('found invalid Unicode character escape code', start, cursor.position);
  return String.fromCodePoint(value);
}

/** A quoted scalar that stands on one line and escapes nothing. */
const PLAIN_DOUBLE = /"[^"\\\n\r\u0085\u2028\u2029]*"/y;
const PLAIN_SINGLE = /'[^'\n\r\u0085\u2028\u2029]*'(?!')/y;

/** A quoted scalar; the cursor stands on its opening quote and ends after its closing one. */
export function scanQuoted(cursor: Cursor, quote: 34 | 39): string {
  const opening = cursor.position;
  const simple = quote === 34 ? PLAIN_DOUBLE : PLAIN_SINGLE;
  simple.lastIndex = opening;
  if (simple.test(cursor.text)) {
    cursor.position = simple.lastIndex;
    return cursor.text.slice(opening + 1, cursor.position - 1);
  }
  cursor.position++;
  let text = '';
  let from = cursor.position;
  for (;;) {
    if (cursor.isDocumentMarker())
      throw new YamlFault('found unexpected document indicator in a quoted scalar', opening, cursor.position);
    let leadingBlanks = false;
    let code = cursor.code;
    while (!isBlankOrEnd(code)) {
      if (code === quote) {
        if (quote === 34 || cursor.at(cursor.position + 1) !== 39) break;
        text += cursor.text.slice(from, cursor.position + 1);
        cursor.position += 2;
        from = cursor.position;
      } else if (code === 92 && quote === 34) {
        text += cursor.text.slice(from, cursor.position);
        if (isBreak(cursor.at(cursor.position + 1))) {
          cursor.position++;
          cursor.skipBreak();
          leadingBlanks = true;
          from = cursor.position;
          break;
        }
        text += readEscape(cursor);
        from = cursor.position;
      } else cursor.position++;
      code = cursor.code;
    }
    code = cursor.code;
    if (code === quote && !leadingBlanks) break;
    if (cursor.position >= cursor.end)
      throw new YamlFault('found unexpected end of stream in a quoted scalar', opening, cursor.position);
    if (code === quote) break;
    const content = cursor.position;
    let first = '';
    let rest = '';
    while (isBlank(code) || isBreak(code)) {
      if (isBlank(code)) cursor.position++;
      else {
        if (!leadingBlanks) {
          text += cursor.text.slice(from, content);
          first = cursor.readBreak();
          leadingBlanks = true;
        } else rest += cursor.readBreak();
      }
      code = cursor.code;
    }
    if (leadingBlanks) {
      text += first === '' ? rest : foldBreaks(first, rest);
      from = cursor.position;
    }
  }
  text =
    text === '' ? cursor.text.slice(from, cursor.position) : text + cursor.text.slice(from, cursor.position);
  cursor.position++;
  return text;
}
