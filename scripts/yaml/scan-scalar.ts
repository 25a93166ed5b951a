import { hexDigit, isBlank, isBlankOrEnd, isBreak, isBreakOrEnd, isDigit, SPACE, TAB } from './characters.ts';
import { type Cursor, YamlFault } from './cursor.ts';

/** How lines of a flow scalar join: one break is a space, further ones stay; LS and PS always stay. */
function fold(first: string, rest: string): string {
  if (first !== '\n') return first + rest;
  return rest === '' ? ' ' : rest;
}

/** Passes what a plain scalar may hold up to the next blank, line break or indicator. */
function skipPlainRun(cursor: Cursor, inFlow: boolean): void {
  const { text, end } = cursor;
  let { position } = cursor;
  for (; position < end; position++) {
    const code = text.charCodeAt(position);
    if (isBlankOrEnd(code)) break;
    if (code === 58) {
      if (isBlankOrEnd(cursor.at(position + 1))) break;
    } else if (
      inFlow &&
      (code === 44 || code === 63 || code === 91 || code === 93 || code === 123 || code === 125)
    )
      break;
  }
  cursor.position = position;
}

export interface ScannedScalar {
  readonly text: string;
  readonly end: number;
  /** The scan stopped on a later line than the scalar's last: a key may start there. */
  readonly pastBreak: boolean;
}

/** @param indent the column that continuation lines have at least, in block context */
export function scanPlain(cursor: Cursor, indent: number, inFlow: boolean): ScannedScalar {
  const start = cursor.position;
  let text = '';
  let joint = '';
  let end = start;
  for (;;) {
    if (cursor.isDocumentMarker()) return { text, end, pastBreak: end !== start };
    const from = cursor.position;
    let to = from;
    // One line: runs of other characters between blanks.
    for (;;) {
      if (cursor.code === 35) break;
      const run = cursor.position;
      skipPlainRun(cursor, inFlow);
      if (cursor.position > run) to = cursor.position;
      if (!isBlank(cursor.code)) break;
      while (isBlank(cursor.code)) cursor.position++;
    }
    if (to > from) {
      text = end === start ? cursor.text.slice(from, to) : text + joint + cursor.text.slice(from, to);
      end = to;
    }
    if (!isBreak(cursor.code)) return { text, end, pastBreak: to === from && end !== start };
    const first = cursor.readBreak();
    let rest = '';
    for (;;) {
      const code = cursor.code;
      if (code === TAB && cursor.column < indent)
        throw new YamlFault('found a tab character that violates indentation', cursor.position);
      if (isBlank(code)) cursor.position++;
      else if (isBreak(code)) rest += cursor.readBreak();
      else break;
    }
    joint = fold(first, rest);
    if (!inFlow && cursor.column < indent) return { text, end, pastBreak: true };
  }
}

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

/** Where a quoted scalar closes that stands on one line and escapes nothing; -1 for others. */
function plainQuotedEnd(cursor: Cursor, quote: 34 | 39): number {
  const { text, end } = cursor;
  for (let at = cursor.position + 1; at < end; at++) {
    const code = text.charCodeAt(at);
    if (code === quote) return quote === 39 && cursor.at(at + 1) === 39 ? -1 : at;
    if ((code === 92 && quote === 34) || isBreak(code)) return -1;
  }
  return -1;
}

/** A quoted scalar; the cursor stands on its opening quote and ends after its closing one. */
export function scanQuoted(cursor: Cursor, quote: 34 | 39): string {
  const opening = cursor.position;
  const closing = plainQuotedEnd(cursor, quote);
  if (closing >= 0) {
    cursor.position = closing + 1;
    return cursor.text.slice(opening + 1, closing);
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
      text += first === '' ? rest : fold(first, rest);
      from = cursor.position;
    }
  }
  text =
    text === '' ? cursor.text.slice(from, cursor.position) : text + cursor.text.slice(from, cursor.position);
  cursor.position++;
  return text;
}

interface Breaks {
  readonly indent: number;
  readonly text: string;
}

/** Passes indentation and empty lines; where the indentation is not known (0), finds it. */
function skipIndentation(cursor: Cursor, indent: number, parentIndent: number): Breaks {
  let text = '';
  let widest = 0;
  for (;;) {
    while ((indent === 0 || cursor.column < indent) && cursor.code === SPACE) cursor.position++;
    if (cursor.column > widest) widest = cursor.column;
    const code = cursor.code;
    if (code === TAB && (indent === 0 || cursor.column < indent))
      throw new YamlFault('found a tab character where an indentation space is expected', cursor.position);
    if (!isBreak(code)) break;
    text += cursor.readBreak();
  }
  return { indent: indent === 0 ? Math.max(widest, parentIndent + 1, 1) : indent, text };
}

/** A literal or folded scalar; the cursor stands on its `|` or `>`. */
export function scanBlock(cursor: Cursor, literal: boolean, parentIndent: number): ScannedScalar {
  const opening = cursor.position;
  cursor.position++;
  let chomping = 0;
  let increment = 0;
  for (let i = 0; i < 2; i++) {
    const code = cursor.code;
    if ((code === 43 || code === 45) && chomping === 0) chomping = code === 43 ? 1 : -1;
    else if (isDigit(code) && increment === 0) {
      if (code === 48)
        throw new YamlFault('found an indentation indicator equal to 0', opening, cursor.position + 1);
      increment = code - 48;
    } else break;
    cursor.position++;
  }
  let end = cursor.position;
  while (isBlank(cursor.code)) cursor.position++;
  if (cursor.code === 35) cursor.skipToBreak();
  if (!isBreakOrEnd(cursor.code))
    throw new YamlFault(
      'did not find expected comment or line break after a block scalar',
      opening,
      cursor.position,
    );
  if (isBreak(cursor.code)) cursor.skipBreak();

  const known = increment === 0 ? 0 : parentIndent >= 0 ? parentIndent + increment : increment;
  let { indent, text: trailing } = skipIndentation(cursor, known, parentIndent);
  let text = '';
  let lineBreak = '';
  let leadingBlank = false;
  while (cursor.column === indent && cursor.position < cursor.end) {
    const blank = isBlank(cursor.code);
    if (!literal && !leadingBlank && !blank && lineBreak === '\n') {
      if (trailing === '') text += ' ';
    } else text += lineBreak;
    text += trailing;
    leadingBlank = blank;
    const from = cursor.position;
    cursor.skipToBreak();
    end = cursor.position;
    text += cursor.text.slice(from, end);
    lineBreak = cursor.position < cursor.end ? cursor.readBreak() : '';
    ({ indent, text: trailing } = skipIndentation(cursor, indent, parentIndent));
  }
  if (chomping !== -1) text += lineBreak;
  if (chomping === 1) text += trailing;
  return { text, end, pastBreak: true };
}
