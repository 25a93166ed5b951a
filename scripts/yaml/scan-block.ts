import { isBlank, isBreak, isBreakOrEnd, isDigit, SPACE, TAB } from './characters.ts';
import { type Cursor, type ScannedScalar, YamlFault } from './cursor.ts';

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
