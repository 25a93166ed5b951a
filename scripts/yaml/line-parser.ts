import { LF } from './characters.ts';
import { Cursor, YamlFault } from './cursor.ts';
import { DASH, GAP, ITEM, PAIR, START_OF_PAIR } from './line-patterns.ts';
import {
  type MappingNode,
  mappingNode,
  NO_PLACES,
  type Pair,
  type Place,
  type ScalarNode,
  type SequenceNode,
  type Source,
  sequenceNode,
  type YamlNode,
} from './node.ts';
import { Parser } from './parser.ts';
import { type Dialect, implicitTag } from './resolve.ts';
import { scanBlock } from './scan-block.ts';

/** A regular expression's stack is small. */
const LONGEST_LINE = 2000;
/** Less than the 1024 that libyaml allows of keys without `?`. */
const LONGEST_KEY = 1000;
const DEEPEST = 100;
const HASH = 35;
const MARKER = '---\n';

/** Thrown to itself: a line that only the whole grammar reads. */
const UNREAD = Symbol('unread');

/** Gives the nodes that {@link Parser} gives, for documents that are written in the usual way. */
export class LineParser {
  readonly #source: Source;
  readonly #text: string;
  readonly #dialect: Dialect;
  readonly #end: number;
  /** Where the content of the line to read starts, and in which column: -1 where the document ends. */
  #next = 0;
  #column = -1;
  #lineEnd = 0;
  /** Where the node that was read last ends. */
  #lastEnd = 0;
  #depth = 0;

  constructor(source: Source, end: number, dialect: Dialect) {
    this.#source = source;
    this.#text = source.text;
    this.#end = end;
    this.#dialect = dialect;
  }

  /** Where the document that was read ended: at `---`, or at the end. */
  get position(): number {
    return this.#next;
  }

  /**
   * The document whose first line starts at an offset, which may be its `---`; undefined where it is empty or holds
   * anything unusual.
   */
  document(start: number): YamlNode | undefined {
    this.#depth = 0;
    try {
      this.#advance(this.#text.startsWith(MARKER, start) ? start + MARKER.length : start);
      const root = this.#block();
      return this.#column < 0 ? root : undefined;
    } catch (error) {
      if (error === UNREAD) return undefined;
      throw error;
    }
  }

  /** Goes to the next line that holds something. */
  #advance(lineStart: number): void {
    const text = this.#text;
    let from = Math.min(lineStart, text.length);
    let column: number;
    let next: number;
    for (;;) {
      GAP.lastIndex = from;
      column = GAP.exec(text)![1]!.length;
      next = GAP.lastIndex;
      const code = text.charCodeAt(next);
      if ((code !== LF && code !== HASH) || next - column === from) break;
      from = next - column;
    }
    this.#next = next;
    if (next >= this.#end) {
      this.#column = -1;
      return;
    }
    const lineEnd = text.indexOf('\n', next);
    this.#lineEnd = lineEnd < 0 ? text.length : lineEnd;
    if (this.#lineEnd - next > LONGEST_LINE) throw UNREAD;
    this.#column = column === 0 && text.startsWith('---', next) ? this.#atMarker() : column;
  }

  #atMarker(): number {
    if (this.#lineEnd !== this.#next + 3) throw UNREAD;
    return -1;
  }

  #isEntry(): boolean {
    DASH.lastIndex = this.#next;
    return DASH.test(this.#text);
  }

  /** A collection on lines of its own. */
  #block(): MappingNode | SequenceNode {
    if (this.#column < 0) throw UNREAD;
    return this.#isEntry() ? this.#sequence(this.#column, false) : this.#mapping(this.#column);
  }

  #mapping(column: number): MappingNode {
    if (++this.#depth > DEEPEST) throw UNREAD;
    const start = this.#next;
    const pairs: Pair[] = [];
    do pairs.push(this.#pair(column));
    while (this.#column === column);
    if (this.#column > column) throw UNREAD;
    this.#depth--;
    const place = this.#place(start, this.#lastEnd);
    return mappingNode(pairs, place);
  }

  #pair(column: number): Pair {
    const at = this.#next;
    PAIR.lastIndex = at;
    const line = PAIR.exec(this.#text);
    if (line === null) return this.#longPair(column);
    const [, written = '', gap = '', value] = line;
    const key = this.#key(written, at);
    const after = at + written.length + 1;
    this.#advance(PAIR.lastIndex);
    if (value !== undefined) return { key, value: this.#value(value, after + gap.length, column) };
    if (this.#column > column) return { key, value: this.#block() };
    if (this.#column === column && this.#isEntry()) return { key, value: this.#sequence(column, true) };
    return { key, value: this.#scalar('', after) };
  }

  /** A key with a value that a line's expression does not read. */
  #longPair(column: number): Pair {
    const at = this.#next;
    START_OF_PAIR.lastIndex = at;
    const written = START_OF_PAIR.exec(this.#text)?.[1];
    if (written === undefined) throw UNREAD;
    const key = this.#key(written, at);
    return { key, value: this.#long(START_OF_PAIR.lastIndex, column) };
  }

  #sequence(column: number, indentless: boolean): SequenceNode {
    if (++this.#depth > DEEPEST) throw UNREAD;
    const start = this.#next;
    const items: YamlNode[] = [];
    while (this.#column === column && this.#isEntry()) {
      items.push(this.#item(column, DASH.lastIndex));
      if (this.#column > column) throw UNREAD;
    }
    if (!indentless && this.#column === column) throw UNREAD;
    this.#depth--;
    const place = this.#place(start, this.#lastEnd);
    return sequenceNode(items, place);
  }

  /** @param at where the line goes on after `-` */
  #item(column: number, at: number): YamlNode {
    const dash = this.#next;
    if (at >= this.#lineEnd) {
      this.#advance(this.#lineEnd + 1);
      return this.#column > column ? this.#block() : this.#scalar('', dash + 1);
    }
    ITEM.lastIndex = at;
    const value = ITEM.exec(this.#text)?.[1];
    if (value !== undefined) {
      this.#advance(ITEM.lastIndex);
      return this.#value(value, at, column);
    }
    START_OF_PAIR.lastIndex = at;
    PAIR.lastIndex = at;
    this.#next = at;
    const inner = column + at - dash;
    this.#column = inner;
    if (this.#isEntry()) return this.#sequence(inner, false);
    if (START_OF_PAIR.test(this.#text) || PAIR.test(this.#text)) return this.#mapping(inner);
    return this.#long(at, column);
  }

  #value(written: string, start: number, column: number): YamlNode {
    // A plain scalar would go on there.
    if (this.#column > column) throw UNREAD;
    if (written !== '{}' && written !== '[]') return this.#scalar(written, start);
    const place = this.#place(start, start + 2);
    this.#lastEnd = place.end;
    return written === '{}'
      ? { kind: 'mapping', pairs: [], flow: true, tag: '!!map', place, others: NO_PLACES, memo: undefined }
      : { kind: 'sequence', items: [], flow: true, tag: '!!seq', place, others: NO_PLACES, memo: undefined };
  }

  #key(written: string, start: number): ScalarNode {
    const key = this.#scalar(written, start);
    if (key.tag !== '!!str' || written.length > LONGEST_KEY) throw UNREAD;
    return key;
  }

  #scalar(written: string, start: number): ScalarNode {
    const place = this.#place(start, start + written.length);
    this.#lastEnd = place.end;
    const quote = written.charCodeAt(0);
    if (quote !== 34 && quote !== 39) {
      const tag = implicitTag(written, this.#dialect);
      return { kind: 'scalar', text: written, style: 'plain', tag, place, others: NO_PLACES };
    }
    const text = written.slice(1, -1);
    const style = quote === 34 ? 'double' : 'single';
    return { kind: 'scalar', text, style, tag: '!!str', place, others: NO_PLACES };
  }

  /** A block scalar, or what ends on its line by the whole grammar. */
  #long(at: number, column: number): YamlNode {
    const code = this.#text.charCodeAt(at);
    const isBlock = code === 124 || code === 62;
    try {
      const node = isBlock ? this.#blockScalar(at, code === 124, column) : this.#restOfLine(at);
      if (this.#column > column) throw UNREAD;
      this.#lastEnd = node.place.end;
      return node;
    } catch (error) {
      throw error instanceof YamlFault ? UNREAD : error;
    }
  }

  #blockScalar(at: number, literal: boolean, column: number): ScalarNode {
    const cursor = new Cursor(this.#text, at, this.#end);
    const { text, end } = scanBlock(cursor, literal, column);
    this.#advance(cursor.position < this.#end ? cursor.lineStart : this.#end);
    const place = this.#place(at, end);
    const style = literal ? 'literal' : 'folded';
    return { kind: 'scalar', text, style, tag: '!!str', place, others: NO_PLACES };
  }

  #restOfLine(at: number): YamlNode {
    const parser = new Parser(this.#source, at, this.#lineEnd, this.#dialect);
    const node = parser.document();
    const isClosed =
      node !== undefined &&
      (node.kind === 'scalar' ? node.style === 'single' || node.style === 'double' : node.flow);
    if (!isClosed || node.place.start !== at || parser.document() !== undefined) throw UNREAD;
    this.#advance(this.#lineEnd + 1);
    return node;
  }

  #place(start: number, end: number): Place {
    return { source: this.#source, start, end };
  }
}
