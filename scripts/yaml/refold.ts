import { isBlank, isBlankOrEnd, isBreak, LF, SPACE, TAB } from './characters.ts';
import { Cursor } from './cursor.ts';
import { isPrintable } from './scalar-style.ts';
import { scanBlock } from './scan-block.ts';

const PAD = '  ';

/**
 * What a folded scalar holds once go-yaml v3 has written and read it: its writer (emitterc.go) counts line breaks from the
 * start of the text instead of from where it stands, so that breaks double before indented lines and at the end, and
 * vanish where the text starts with a space.
 */
export function refold(text: string): string {
  if (!staysInBlock(text)) return text;
  const written = writeFolded(text);
  return scanBlock(new Cursor(written, 0, written.length), false, 0).text;
}

/** Whether go-yaml v3 writes a text that is wanted as a block scalar in that form, not in quotes. */
export function staysInBlock(text: string): boolean {
  if (text === '' || text.endsWith(' ')) return false;
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (!isPrintable(code) && code !== TAB) return false;
    if (code === SPACE && isBreak(text.charCodeAt(i + 1))) return false;
  }
  return true;
}

function writeFolded(text: string): string {
  const first = text.charCodeAt(0);
  const last = text.length - 1;
  let written = first === SPACE || isBreak(first) ? '>2' : '>';
  if (!isBreak(text.charCodeAt(last))) written += '-';
  else if (last === 0 || isBreak(text.charCodeAt(last - 1))) written += '+';
  written += '\n';
  let start = 0;
  while (isBreak(text.charCodeAt(start))) start++;
  const doubles = !isBlankOrEnd(start < text.length ? text.charCodeAt(start) : 0);
  let breaks = true;
  let indented = true;
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (isBreak(code)) {
      if (!breaks && !indented && code === LF && doubles) written += '\n';
      breaks = true;
    } else if (breaks) {
      written += PAD;
      indented = isBlank(code);
      breaks = false;
    }
    written += text[i];
  }
  // After a line break go-yaml writes no other before what follows.
  return isBreak(text.charCodeAt(last)) ? written : `${written}\n`;
}
