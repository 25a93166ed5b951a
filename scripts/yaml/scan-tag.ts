import { hexDigit, isBlankOrEnd, isWord } from './characters.ts';
import { type Cursor, YamlFault } from './cursor.ts';

/** `!handle!suffix`, with an empty handle for `!<suffix>` and for `!` alone. */
export interface ScannedTag {
  readonly handle: string;
  readonly suffix: string;
}

const URI_CHARACTERS = ";/?:@&=+$,.!~*'()[]%";

/** A tag; the cursor stands on its `!`. */
export function scanTag(cursor: Cursor): ScannedTag {
  const start = cursor.position;
  const tag = cursor.at(start + 1) === 60 ? scanVerbatim(cursor) : scanShorthand(cursor);
  if (!isBlankOrEnd(cursor.code))
    throw new YamlFault('did not find expected whitespace or line break after a tag', start, cursor.position);
  return tag;
}

function scanVerbatim(cursor: Cursor): ScannedTag {
  const start = cursor.position;
  cursor.position += 2;
  const suffix = scanUri(cursor);
  if (cursor.code !== 62)
    throw new YamlFault('did not find expected ">" after a tag', start, cursor.position);
  cursor.position++;
  return { handle: '', suffix };
}

function scanShorthand(cursor: Cursor): ScannedTag {
  const handle = scanTagHandle(cursor, false);
  if (handle.length > 1 && handle.endsWith('!')) return { handle, suffix: scanUri(cursor) };
  // What looked like a handle is the start of a local tag.
  const suffix = scanUri(cursor, handle.slice(1), true);
  return suffix === '' ? { handle: '', suffix: '!' } : { handle: '!', suffix };
}

/** `!`, `!!` or `!word!`; outside a directive also `!word`, which is no handle. */
export function scanTagHandle(cursor: Cursor, inDirective: boolean): string {
  const start = cursor.position;
  if (cursor.code !== 33) throw new YamlFault('did not find expected "!" of a tag handle', start);
  cursor.position++;
  while (isWord(cursor.code)) cursor.position++;
  if (cursor.code === 33) cursor.position++;
  else if (inDirective && cursor.position !== start + 1)
    throw new YamlFault('did not find expected "!" of a tag handle', start, cursor.position);
  return cursor.text.slice(start, cursor.position);
}

/** What follows `head` in a tag, with `%` escapes resolved. */
export function scanUri(cursor: Cursor, head = '', mayBeEmpty = false): string {
  const start = cursor.position;
  for (;;) {
    const { code, position } = cursor;
    if (code === 37) {
      if (hexDigit(cursor.at(position + 1)) < 0 || hexDigit(cursor.at(position + 2)) < 0)
        throw new YamlFault('did not find URI escaped octet in a tag', position);
      cursor.position += 3;
    } else if (isWord(code) || (code > 32 && URI_CHARACTERS.includes(String.fromCharCode(code)))) {
      cursor.position++;
    } else break;
  }
  if (cursor.position === start && !mayBeEmpty) throw new YamlFault('did not find expected tag URI', start);
  const written = head + cursor.text.slice(start, cursor.position);
  try {
    return written.includes('%') ? decodeURIComponent(written) : written;
  } catch (cause) {
    throw new YamlFault('found an incorrect UTF-8 octet in a tag', start, cursor.position, cause);
  }
}
