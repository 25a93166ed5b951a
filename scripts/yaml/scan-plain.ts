import { isBlank, isBreak, TAB } from './characters.ts';
import { type Cursor, foldBreaks, type ScannedScalar, YamlFault } from './cursor.ts';

const PIECES = 400;

/** Words, blanks before another word, and colons that end no key; piece by piece, since a regular expression's stack is small. */
function pieces(indicators: string): RegExp {
  const blank = ' \\t\\n\\r\\u0085\\u2028\\u2029';
  const colon = `:(?![${blank}]|$)`;
  const word = `[^${blank}:${indicators}]+`;
  const gap = `[ \\t]+(?=[^${blank}:#${indicators}]|${colon})`;
  return new RegExp(`(?:${word}|${colon}|${gap}){1,${PIECES}}`, 'y');
}

const IN_BLOCK = pieces('');
const IN_FLOW = pieces(',?[\\]{}');

/** Passes what a plain scalar may hold up to a comment, line break or indicator. */
function skipPlainRun(cursor: Cursor, inFlow: boolean): void {
  const expression = inFlow ? IN_FLOW : IN_BLOCK;
  for (;;) {
    const from = cursor.position;
    expression.lastIndex = from;
    if (!expression.test(cursor.text)) return;
    cursor.position = expression.lastIndex;
    if (cursor.position - from < PIECES) return;
  }
}

/**
 * A plain scalar; the cursor stands on its first character.
 * @param indent the column that continuation lines have at least, in block context
 */
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
    joint = foldBreaks(first, rest);
    if (!inFlow && cursor.column < indent) return { text, end, pastBreak: true };
  }
}
