import { DEPTH_LIMIT, tooDeep } from './anchors.ts';
import { isBlankOrEnd, isBreak, isWord, LF, SPACE, TAB } from './characters.ts';
import { Cursor, YamlFault } from './cursor.ts';
import type { Style } from './node.ts';
import { scanBlock } from './scan-block.ts';
import { scanDirective } from './scan-directive.ts';
import { scanPlain } from './scan-plain.ts';
import { scanQuoted } from './scan-quoted.ts';
import { scanTag } from './scan-tag.ts';
import type { Token, TokenKind } from './token.ts';

/** A place where a key without `?` may have started. */
interface SimpleKey {
  possible: boolean;
  required: boolean;
  token: number;
  position: number;
  lineStart: number;
}

const KEY_LENGTH_LIMIT = 1024;
/** What a plain scalar cannot start with, besides `-`, `?` and `:`, which depend on what follows. */
const INDICATORS = ',[]{}#&*!|>\'"%@`';
const plainStart = new Uint8Array(128).fill(1);
for (const character of INDICATORS) plainStart[character.charCodeAt(0)] = 0;

const EMPTY_LINES = /(?: *(?:#[^\n\r\u0085\u2028\u2029]*)?\n){0,200} */y;

function isSkippable(code: number): boolean {
  return code === SPACE || code === LF || code === 35;
}

/**
 * Tokens of YAML as libyaml's scanner gives them, which go-yaml v2 and v3 share: indentation becomes start and end
 * tokens, and a key without `?` gets its token once the `:` after it is seen.
 */
export class Scanner {
  readonly cursor: Cursor;
  private indent = -1;
  private readonly indents: number[] = [];
  private flowLevel = 0;
  private keyAllowed = true;
  private readonly queue: Token[] = [];
  private head = 0;
  private taken = 0;
  private readonly keys: SimpleKey[] = [
    { possible: false, required: false, token: 0, position: 0, lineStart: 0 },
  ];

  constructor(text: string, start: number, end: number) {
    this.cursor = new Cursor(text, start, end);
  }

  /** The next token; the last one is `stream-end`, for ever. */
  peek(): Token {
    while (this.needsMore()) this.fetch();
    return this.queue[this.head]!;
  }

  /** Scans ahead, for the errors that come with it. */
  fill(count: number): void {
    while (this.queue.length - this.head < count && this.queue.at(-1)?.kind !== 'stream-end') this.fetch();
  }

  skip(): void {
    if (this.queue[this.head]!.kind === 'stream-end') return;
    this.head++;
    this.taken++;
    if (this.head === this.queue.length) {
      this.queue.length = 0;
      this.head = 0;
    }
  }

  next(): Token {
    this.skip();
    return this.peek();
  }

  private needsMore(): boolean {
    if (this.head === this.queue.length) return true;
    for (let i = 0; i < this.keys.length; i++) {
      const key = this.keys[i]!;
      if (key.possible && key.token === this.taken && this.isLive(key)) return true;
    }
    return false;
  }

  private push(kind: TokenKind, start: number, end: number, text = '', suffix = '', style: Style = 'plain') {
    this.queue.push({ kind, start, end, text, suffix, style });
  }

  private insert(number: number, kind: TokenKind, at: number): void {
    const token: Token = { kind, start: at, end: at, text: '', suffix: '', style: 'plain' };
    if (number < 0) this.queue.push(token);
    else {
      // By hand: the queue is short, and this is where most time would go.
      const { queue } = this;
      const index = this.head + number - this.taken;
      queue.push(token);
      for (let i = queue.length - 1; i > index; i--) queue[i] = queue[i - 1]!;
      queue[index] = token;
    }
  }

  /** A key without `?` stands on one line and within 1024 characters. */
  private isLive(key: SimpleKey): boolean {
    const { cursor } = this;
    if (!key.possible) return false;
    if (key.lineStart === cursor.lineStart && key.position + KEY_LENGTH_LIMIT >= cursor.position) return true;
    this.dropKey(key);
    return false;
  }

  private dropKey(key: SimpleKey): void {
    if (key.possible && key.required) {
      const { text } = this.cursor;
      let end = key.position;
      while (end < this.cursor.end && !isBreak(text.charCodeAt(end))) end++;
      throw new YamlFault('could not find expected ":"', key.position, end);
    }
    key.possible = false;
  }

  private saveKey(): void {
    if (!this.keyAllowed) return;
    const { cursor } = this;
    const key = this.keys[this.flowLevel]!;
    this.dropKey(key);
    key.possible = true;
    key.required = this.flowLevel === 0 && this.indent === cursor.column;
    key.token = this.taken + this.queue.length - this.head;
    key.position = cursor.position;
    key.lineStart = cursor.lineStart;
  }

  private rollIndent(column: number, number: number, kind: TokenKind, at: number): void {
    if (this.flowLevel > 0 || this.indent >= column) return;
    this.indents.push(this.indent);
    this.indent = column;
    if (this.indents.length > DEPTH_LIMIT) throw tooDeep(at);
    this.insert(number, kind, at);
  }

  private unrollIndent(column: number): void {
    if (this.flowLevel > 0) return;
    while (this.indent > column) {
      this.push('block-end', this.cursor.position, this.cursor.position);
      this.indent = this.indents.pop()!;
    }
  }

  private skipToToken(): void {
    const { cursor } = this;
    for (;;) {
      this.skipLines();
      const tabs = this.flowLevel > 0 || !this.keyAllowed;
      while (cursor.code === SPACE || (cursor.code === TAB && tabs)) cursor.position++;
      if (cursor.code === 35) cursor.skipToBreak();
      if (!isBreak(cursor.code)) return;
      cursor.skipBreak();
      if (this.flowLevel === 0) this.keyAllowed = true;
    }
  }

  /** Passes empty lines and comments in one go, as far as they have no tabs and end in line feeds. */
  private skipLines(): void {
    const { cursor } = this;
    if (!isSkippable(cursor.code)) return;
    EMPTY_LINES.lastIndex = cursor.position;
    EMPTY_LINES.test(cursor.text);
    const position = EMPTY_LINES.lastIndex;
    const lastBreak = cursor.text.lastIndexOf('\n', position - 1);
    if (lastBreak >= cursor.position) {
      cursor.lineStart = lastBreak + 1;
      if (this.flowLevel === 0) this.keyAllowed = true;
    }
    cursor.position = position;
  }

  private fetch(): void {
    this.skipToToken();
    const { cursor } = this;
    this.unrollIndent(cursor.column);
    const start = cursor.position;
    if (start >= cursor.end) {
      // The end counts as a new line, so that keys begun on this one are past.
      cursor.lineStart = start;
      this.unrollIndent(-1);
      this.dropKey(this.keys[this.flowLevel]!);
      this.keyAllowed = false;
      this.push('stream-end', start, start);
      return;
    }
    const { code } = cursor;
    const next = cursor.at(start + 1);
    if (start === cursor.lineStart) {
      if (code === 37) {
        this.fetchDirective();
        return;
      }
      if (cursor.isDocumentMarker()) {
        this.resetBlock();
        cursor.position += 3;
        this.push(code === 45 ? 'document-start' : 'document-end', start, start + 3);
        return;
      }
    }
    switch (code) {
      case 91: {
        this.openFlow('flow-sequence-start');
        return;
      }
      case 123: {
        this.openFlow('flow-mapping-start');
        return;
      }
      case 93: {
        this.closeFlow('flow-sequence-end');
        return;
      }
      case 125: {
        this.closeFlow('flow-mapping-end');
        return;
      }
      case 44:
        this.dropKey(this.keys[this.flowLevel]!);
        this.keyAllowed = true;
        {
          this.single('flow-entry');
          return;
        }
      case 45:
        if (isBlankOrEnd(next)) {
          this.fetchBlockEntry();
          return;
        }
        break;
      case 63:
        if (this.flowLevel > 0 || isBlankOrEnd(next)) {
          this.fetchKey();
          return;
        }
        break;
      case 58:
        if (this.flowLevel > 0 || isBlankOrEnd(next)) {
          this.fetchValue();
          return;
        }
        break;
      case 42: {
        this.fetchAnchor('alias');
        return;
      }
      case 38: {
        this.fetchAnchor('anchor');
        return;
      }
      case 33: {
        this.fetchTag();
        return;
      }
      case 124:
      case 62:
        if (this.flowLevel === 0) {
          this.fetchBlockScalar(code === 124);
          return;
        }
        break;
      case 39:
      case 34: {
        this.saveKey();
        this.keyAllowed = false;
        const text = scanQuoted(cursor, code);
        this.push('scalar', start, cursor.position, text, '', code === 39 ? 'single' : 'double');
        return;
      }
    }
    if (
      (code < 128 && plainStart[code] === 0) ||
      isBlankOrEnd(code) ||
      (this.flowLevel > 0 && (code === 63 || code === 58))
    )
      throw new YamlFault('found character that cannot start any token', start, start + 1);
    this.saveKey();
    this.keyAllowed = false;
    const scalar = scanPlain(cursor, this.indent + 1, this.flowLevel > 0);
    if (scalar.pastBreak) this.keyAllowed = true;
    this.push('scalar', start, scalar.end, scalar.text);
  }

  private single(kind: TokenKind): void {
    const start = this.cursor.position++;
    this.push(kind, start, start + 1);
  }

  private resetBlock(): void {
    this.unrollIndent(-1);
    this.dropKey(this.keys[this.flowLevel]!);
    this.keyAllowed = false;
  }

  private openFlow(kind: TokenKind): void {
    this.saveKey();
    this.flowLevel++;
    if (this.flowLevel > DEPTH_LIMIT) throw tooDeep(this.cursor.position);
    this.keys.push({ possible: false, required: false, token: 0, position: 0, lineStart: 0 });
    this.keyAllowed = true;
    this.single(kind);
  }

  private closeFlow(kind: TokenKind): void {
    this.dropKey(this.keys[this.flowLevel]!);
    if (this.flowLevel > 0) {
      this.flowLevel--;
      this.keys.pop();
    }
    this.keyAllowed = false;
    this.single(kind);
  }

  private fetchBlockEntry(): void {
    const { cursor } = this;
    if (this.flowLevel === 0) {
      if (!this.keyAllowed)
        throw new YamlFault('block sequence entries are not allowed in this context', cursor.position);
      this.rollIndent(cursor.column, -1, 'block-sequence-start', cursor.position);
    }
    this.dropKey(this.keys[this.flowLevel]!);
    this.keyAllowed = true;
    this.single('block-entry');
  }

  private fetchKey(): void {
    const { cursor } = this;
    if (this.flowLevel === 0) {
      if (!this.keyAllowed)
        throw new YamlFault('mapping keys are not allowed in this context', cursor.position);
      this.rollIndent(cursor.column, -1, 'block-mapping-start', cursor.position);
    }
    this.dropKey(this.keys[this.flowLevel]!);
    this.keyAllowed = this.flowLevel === 0;
    this.single('key');
  }

  private fetchValue(): void {
    const { cursor } = this;
    const key = this.keys[this.flowLevel]!;
    if (this.isLive(key)) {
      this.insert(key.token, 'key', key.position);
      this.rollIndent(key.position - key.lineStart, key.token, 'block-mapping-start', key.position);
      key.possible = false;
      this.keyAllowed = false;
    } else {
      if (this.flowLevel === 0) {
        if (!this.keyAllowed)
          throw new YamlFault('mapping values are not allowed in this context', cursor.position);
        this.rollIndent(cursor.column, -1, 'block-mapping-start', cursor.position);
      }
      this.keyAllowed = this.flowLevel === 0;
    }
    this.single('value');
  }

  private fetchBlockScalar(literal: boolean): void {
    const { cursor } = this;
    this.dropKey(this.keys[this.flowLevel]!);
    this.keyAllowed = true;
    const start = cursor.position;
    const { text, end } = scanBlock(cursor, literal, this.indent);
    this.push('scalar', start, end, text, '', literal ? 'literal' : 'folded');
  }

  private fetchAnchor(kind: 'alias' | 'anchor'): void {
    const { cursor } = this;
    this.saveKey();
    this.keyAllowed = false;
    const start = cursor.position++;
    while (isWord(cursor.code)) cursor.position++;
    const { code, position } = cursor;
    if (position === start + 1 || !(isBlankOrEnd(code) || '?:,]}%@`'.includes(String.fromCharCode(code))))
      throw new YamlFault(
        `did not find expected alphabetic or numeric character in an ${kind}`,
        start,
        position,
      );
    this.push(kind, start, position, cursor.text.slice(start + 1, position));
  }

  private fetchTag(): void {
    const { cursor } = this;
    this.saveKey();
    this.keyAllowed = false;
    const start = cursor.position;
    const { handle, suffix } = scanTag(cursor);
    this.push('tag', start, cursor.position, handle, suffix);
  }

  private fetchDirective(): void {
    this.resetBlock();
    this.queue.push(scanDirective(this.cursor));
  }
}
