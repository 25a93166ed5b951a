import { isBlank, isBlankOrEnd, isBreak, isBreakOrEnd, isDigit, isWord } from './characters.ts';
import { type Cursor, YamlFault } from './cursor.ts';
import { scanTagHandle, scanUri } from './scan-tag.ts';
import type { Token } from './token.ts';

/** A `%YAML` or `%TAG` line, to its end; the cursor stands on its `%`. */
export function scanDirective(cursor: Cursor): Token {
  const start = cursor.position++;
  while (isWord(cursor.code)) cursor.position++;
  const name = cursor.text.slice(start + 1, cursor.position);
  if (name === '') throw new YamlFault('could not find expected directive name', start, start + 1);
  if (!isBlankOrEnd(cursor.code))
    throw new YamlFault('found unexpected non-alphabetical character in a directive', start, cursor.position);
  skipBlanks(cursor);
  const token = scanValue(cursor, name, start);
  skipBlanks(cursor);
  if (cursor.code === 35) cursor.skipToBreak();
  if (!isBreakOrEnd(cursor.code))
    throw new YamlFault(
      'did not find expected comment or line break after a directive',
      start,
      cursor.position,
    );
  if (isBreak(cursor.code)) cursor.skipBreak();
  return token;
}

function scanValue(cursor: Cursor, name: string, start: number): Token {
  switch (name) {
    case 'YAML': {
      const text = scanVersion(cursor, start);
      return { kind: 'version', start, end: cursor.position, text, suffix: '', style: 'plain' };
    }
    case 'TAG': {
      const text = scanTagHandle(cursor, true);
      if (!isBlank(cursor.code))
        throw new YamlFault('did not find expected whitespace in a directive', start, cursor.position);
      skipBlanks(cursor);
      const suffix = scanUri(cursor);
      if (!isBlankOrEnd(cursor.code))
        throw new YamlFault('did not find expected whitespace or line break', start, cursor.position);
      return { kind: 'tag-directive', start, end: cursor.position, text, suffix, style: 'plain' };
    }
    default:
      throw new YamlFault('found unknown directive name', start, cursor.position);
  }
}

function scanVersion(cursor: Cursor, start: number): string {
  const from = cursor.position;
  skipNumber(cursor);
  if (cursor.code !== 46)
    throw new YamlFault('did not find expected digit or "." character', start, cursor.position);
  cursor.position++;
  skipNumber(cursor);
  return cursor.text.slice(from, cursor.position);
}

function skipNumber(cursor: Cursor): void {
  const start = cursor.position;
  while (isDigit(cursor.code)) cursor.position++;
  if (cursor.position === start || cursor.position > start + 2)
    throw new YamlFault('did not find expected version number', start, cursor.position);
}

function skipBlanks(cursor: Cursor): void {
  while (isBlank(cursor.code)) cursor.position++;
}
