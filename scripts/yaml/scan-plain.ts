import { isBlank, isBlankOrEnd, isBreak, TAB } from './characters.ts';
import { type Cursor, foldBreaks, type ScannedScalar, YamlFault } from './cursor.ts';

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
