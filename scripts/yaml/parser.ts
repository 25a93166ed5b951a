import { bytesOf } from './binary.ts';
import { YamlFault } from './cursor.ts';
import { mergePairs, refuseMergedAlias } from './merge.ts';
import {
  isMergeKey,
  type MappingNode,
  NO_PLACES,
  type Pair,
  type Place,
  type ScalarNode,
  type SequenceNode,
  type Source,
  type Style,
  type Tag,
  type YamlNode,
} from './node.ts';
import { type Dialect, fittingTag, implicitTag, isTyped } from './resolve.ts';
import { DEPTH_LIMIT, Scanner, type Token, type TokenKind } from './scanner.ts';

/** What stands before a node: `&anchor !tag`. */
interface Properties {
  readonly start: number;
  readonly end: number;
  readonly anchor: string | undefined;
  readonly tag: Tag | undefined;
}

interface Anchored {
  /** Undefined while the node is still being read. */
  node: YamlNode | undefined;
  /** Nodes in it, those behind aliases counted each time. */
  size: number;
  height: number;
}

const STANDARD_PREFIX = 'tag:yaml.org,2002:';
const DEFAULT_HANDLES: readonly (readonly [string, string])[] = [
  ['!', '!'],
  ['!!', STANDARD_PREFIX],
];

/** go-yaml's own bound against alias bombs: what share of a document's nodes may come from aliases. */
function allowedAliasShare(count: number): number {
  if (count <= 400_000) return 0.99;
  if (count >= 4_000_000) return 0.1;
  return 0.99 - 0.89 * ((count - 400_000) / 3_600_000);
}

function endsPair(kind: TokenKind): boolean {
  return kind === 'key' || kind === 'value' || kind === 'block-end';
}

/** Nodes from tokens, by libyaml's grammar. */
export class Parser {
  private readonly source: Source;
  private readonly dialect: Dialect;
  private readonly scanner: Scanner;
  private readonly handles = new Map<string, string>();
  private anchors = new Map<string, Anchored>();
  private started = false;
  private depth = 0;
  /** Where the node read last ends; for an alias, not where its anchor does. */
  private lastEnd = 0;
  private deepest = 0;
  /** The node that an alias gave last. */
  private lastAlias: YamlNode | undefined;
  private count = 0;
  private aliasCount = 0;

  constructor(source: Source, start: number, end: number, dialect: Dialect) {
    this.source = source;
    this.dialect = dialect;
    this.scanner = new Scanner(source.text, start, end);
  }

  /** Where the next token starts. */
  get position(): number {
    return this.scanner.cursor.position;
  }

  /** The next document's node; undefined at the end of the stream. */
  document(): YamlNode | undefined {
    const { scanner } = this;
    let token = scanner.peek();
    if (this.started) while (token.kind === 'document-end') token = scanner.next();
    if (token.kind === 'stream-end') return undefined;
    this.anchors = new Map();
    this.handles.clear();
    this.count = 0;
    this.aliasCount = 0;
    const implicit = !this.started;
    this.started = true;
    let node: YamlNode;
    if (
      implicit &&
      token.kind !== 'version' &&
      token.kind !== 'tag-directive' &&
      token.kind !== 'document-start'
    ) {
      this.directives();
      node = this.node(true, false);
    } else {
      this.directives();
      token = scanner.peek();
      if (token.kind !== 'document-start')
        throw new YamlFault('did not find expected document start', token.start, token.end);
      const { end } = token;
      token = scanner.next();
      const { kind } = token;
      node =
        kind === 'version' ||
        kind === 'tag-directive' ||
        kind === 'document-start' ||
        kind === 'document-end' ||
        kind === 'stream-end'
          ? this.empty(end)
          : this.node(true, false);
    }
    token = scanner.peek();
    // go-yaml v3 has always scanned two tokens beyond the present one, looking for comments.
    if (this.dialect === 'go-yaml-v3') scanner.fill(3);
    if (token.kind === 'document-end') scanner.skip();
    return node;
  }

  private directives(): void {
    const { scanner, handles } = this;
    let versioned = false;
    for (let token = scanner.peek(); ; token = scanner.next()) {
      if (token.kind === 'version') {
        if (versioned) throw new YamlFault('found duplicate %YAML directive', token.start, token.end);
        versioned = true;
        if (!/^0?1\.0?1$/.test(token.text))
          throw new YamlFault('found incompatible YAML document', token.start, token.end);
      } else if (token.kind === 'tag-directive') {
        if (handles.has(token.text))
          throw new YamlFault('found duplicate %TAG directive', token.start, token.end);
        handles.set(token.text, token.suffix);
      } else break;
    }
    for (const [handle, prefix] of DEFAULT_HANDLES) if (!handles.has(handle)) handles.set(handle, prefix);
  }

  private place(start: number, end: number): Place {
    return { source: this.source, start, end };
  }

  private scalar(text: string, style: Style, tag: Tag, start: number, end: number): ScalarNode {
    this.count++;
    this.lastEnd = end;
    return { kind: 'scalar', text, style, tag, place: this.place(start, end), others: NO_PLACES };
  }

  private empty(at: number): ScalarNode {
    return this.scalar('', 'plain', '!!null', at, at);
  }

  private scalarTag(token: Token, properties: Properties | undefined): Tag {
    const { text, style } = token;
    const start = properties?.start ?? token.start;
    const explicit = properties?.tag === '!' ? undefined : properties?.tag;
    let tag: Tag | undefined;
    if (explicit !== undefined)
      tag = this.dialect === 'go-yaml-v3' ? explicit : fittingTag(explicit, text, this.dialect);
    else if (style !== 'plain' || (properties?.tag === '!' && this.dialect === 'go-yaml-v2')) tag = '!!str';
    else tag = implicitTag(text, this.dialect);
    if (tag === undefined) throw new YamlFault(`cannot decode "${text}" as ${explicit}`, start, token.end);
    if (tag === '!!binary' && this.dialect === 'go-yaml-v2' && bytesOf(text) === undefined)
      throw new YamlFault('!!binary value contains invalid base64 data', start, token.end);
    return tag;
  }

  private tagOf(token: Token): Tag | undefined {
    const prefix = token.text === '' ? '' : this.handles.get(token.text);
    if (prefix === undefined) throw new YamlFault('found undefined tag handle', token.start, token.end);
    const tag = prefix + token.suffix;
    if (tag === '') return undefined;
    return tag.startsWith(STANDARD_PREFIX) ? `!!${tag.slice(STANDARD_PREFIX.length)}` : tag;
  }

  private properties(first: Token): Properties | undefined {
    if (first.kind !== 'anchor' && first.kind !== 'tag') return undefined;
    let anchor: string | undefined;
    let tag: Tag | undefined;
    let { end } = first;
    for (let i = 0, token = first; i < 2; i++, token = this.scanner.next()) {
      if (token.kind === 'anchor' && anchor === undefined) anchor = token.text;
      else if (token.kind === 'tag' && tag === undefined) tag = this.tagOf(token);
      else break;
      end = token.end;
    }
    return { start: first.start, end, anchor, tag };
  }

  private node(block: boolean, indentless: boolean): YamlNode {
    const token = this.scanner.peek();
    if (token.kind === 'alias') return this.alias(token);
    const properties = this.properties(token);
    if (properties?.anchor === undefined) return this.content(block, indentless, properties);
    const anchored: Anchored = { node: undefined, size: 0, height: 0 };
    this.anchors.set(properties.anchor, anchored);
    const { count, deepest } = this;
    this.deepest = this.depth;
    const node = this.content(block, indentless, properties);
    anchored.node = node;
    anchored.size = this.count - count;
    anchored.height = this.deepest - this.depth;
    this.deepest = Math.max(deepest, this.deepest);
    return node;
  }

  private alias(token: Token): YamlNode {
    const anchored = this.anchors.get(token.text);
    if (anchored === undefined)
      throw new YamlFault(`unknown anchor "${token.text}" referenced`, token.start, token.end);
    if (anchored.node === undefined)
      throw new YamlFault(`anchor "${token.text}" contains itself`, token.start, token.end);
    this.count += anchored.size;
    this.aliasCount += anchored.size;
    this.deepest = Math.max(this.deepest, this.depth + anchored.height);
    if (
      this.aliasCount > 100 &&
      this.count > 1000 &&
      this.aliasCount / this.count > allowedAliasShare(this.count)
    )
      throw new YamlFault('document contains excessive aliasing', token.start, token.end);
    this.checkDepth(token);
    this.lastEnd = token.end;
    this.lastAlias = anchored.node;
    this.scanner.skip();
    return anchored.node;
  }

  private checkDepth(token: Token): void {
    if (this.deepest > DEPTH_LIMIT || this.depth > DEPTH_LIMIT)
      throw new YamlFault(`nesting exceeds the limit of ${DEPTH_LIMIT} levels`, token.start, token.end);
  }

  private content(block: boolean, indentless: boolean, properties: Properties | undefined): YamlNode {
    const { scanner } = this;
    const token = scanner.peek();
    const start = properties?.start ?? token.start;
    switch (token.kind) {
      case 'scalar': {
        const tag = this.scalarTag(token, properties);
        // With an explicit tag other than a string's the quotes mean nothing; without it they would make a string.
        const style = properties?.tag !== undefined && isTyped(tag) ? 'plain' : token.style;
        const node = this.scalar(token.text, style, tag, start, token.end);
        scanner.skip();
        return node;
      }
      case 'flow-sequence-start':
        return this.flowSequence(start, properties);
      case 'flow-mapping-start':
        return this.flowMapping(start, properties);
      case 'block-sequence-start':
        if (block) return this.blockSequence(start, properties);
        break;
      case 'block-mapping-start':
        if (block) return this.blockMapping(start, properties);
        break;
      case 'block-entry':
        if (indentless) return this.indentlessSequence(start, properties);
    }
    if (properties !== undefined && (properties.anchor !== undefined || properties.tag !== undefined)) {
      const nothing: Token = { ...token, start, end: properties.end, text: '', style: 'plain' };
      return this.scalar('', 'plain', this.scalarTag(nothing, properties), start, properties.end);
    }
    throw new YamlFault('did not find expected node content', token.start, token.end);
  }

  private enter(token: Token): void {
    this.depth++;
    this.count++;
    if (this.depth > this.deepest) this.deepest = this.depth;
    this.checkDepth(token);
  }

  private sequence(
    items: readonly YamlNode[],
    flow: boolean,
    properties: Properties | undefined,
    place: Place,
  ): SequenceNode {
    this.depth--;
    this.lastEnd = place.end;
    const tag = properties?.tag === undefined || properties.tag === '!' ? '!!seq' : properties.tag;
    return { kind: 'sequence', items, flow, tag, place, others: NO_PLACES };
  }

  private mapping(
    pairs: readonly Pair[],
    flow: boolean,
    properties: Properties | undefined,
    place: Place,
  ): MappingNode {
    this.depth--;
    this.lastEnd = place.end;
    const tag = properties?.tag === undefined || properties.tag === '!' ? '!!map' : properties.tag;
    const merged = pairs.some(({ key }) => isMergeKey(key)) ? mergePairs(pairs, this.dialect) : pairs;
    return { kind: 'mapping', pairs: merged, flow, tag, place, others: NO_PLACES };
  }

  private pair(key: YamlNode, value: YamlNode): Pair {
    if (this.dialect === 'go-yaml-v2' && (key.kind !== 'scalar' || key.tag === '!!null'))
      throw new YamlFault(
        `mapping key is ${key.kind === 'scalar' ? 'null' : 'a collection'}, expected a string`,
        key.place.start,
        key.place.end,
      );
    if (this.lastAlias === value && isMergeKey(key)) refuseMergedAlias(value, key.place.start, this.lastEnd);
    return { key, value };
  }

  private blockSequence(start: number, properties: Properties | undefined): SequenceNode {
    const { scanner } = this;
    this.enter(scanner.peek());
    const items: YamlNode[] = [];
    let token = scanner.next();
    let { end } = token;
    while (token.kind === 'block-entry') {
      const after = token.end;
      const { kind } = scanner.next();
      const item =
        kind === 'block-entry' || kind === 'block-end' ? this.empty(after) : this.node(true, false);
      items.push(item);
      end = Math.max(after, this.lastEnd);
      token = scanner.peek();
    }
    if (token.kind !== 'block-end')
      throw new YamlFault('did not find expected "-" indicator', token.start, token.end);
    scanner.skip();
    return this.sequence(items, false, properties, this.place(start, end));
  }

  private indentlessSequence(start: number, properties: Properties | undefined): SequenceNode {
    const { scanner } = this;
    this.enter(scanner.peek());
    const items: YamlNode[] = [];
    let token = scanner.peek();
    let { end } = token;
    while (token.kind === 'block-entry') {
      const after = token.end;
      const { kind } = scanner.next();
      const item = kind === 'block-entry' || endsPair(kind) ? this.empty(after) : this.node(true, false);
      items.push(item);
      end = Math.max(after, this.lastEnd);
      token = scanner.peek();
    }
    return this.sequence(items, false, properties, this.place(start, end));
  }

  private blockMapping(start: number, properties: Properties | undefined): MappingNode {
    const { scanner } = this;
    this.enter(scanner.peek());
    const pairs: Pair[] = [];
    let token = scanner.next();
    let { end } = token;
    while (token.kind === 'key') {
      const after = token.end;
      const { kind } = scanner.next();
      const key = endsPair(kind) ? this.empty(after) : this.node(true, true);
      end = Math.max(after, this.lastEnd);
      token = scanner.peek();
      const value = token.kind === 'value' ? this.blockValue(token) : this.empty(this.lastEnd);
      if (token.kind === 'value') end = this.lastEnd;
      pairs.push(this.pair(key, value));
      token = scanner.peek();
    }
    if (token.kind !== 'block-end') throw new YamlFault('did not find expected key', token.start, token.end);
    scanner.skip();
    return this.mapping(pairs, false, properties, this.place(start, end));
  }

  private blockValue(colon: Token): YamlNode {
    const { kind } = this.scanner.next();
    return endsPair(kind) ? this.empty(colon.end) : this.node(true, true);
  }

  private flowSequence(start: number, properties: Properties | undefined): SequenceNode {
    const { scanner } = this;
    this.enter(scanner.peek());
    const items: YamlNode[] = [];
    let token = scanner.next();
    while (token.kind !== 'flow-sequence-end') {
      if (items.length > 0) {
        if (token.kind !== 'flow-entry')
          throw new YamlFault('did not find expected "," or "]"', token.start, token.end);
        token = scanner.next();
        if (token.kind === 'flow-sequence-end') break;
      }
      items.push(token.kind === 'key' ? this.singlePair(token) : this.node(false, false));
      token = scanner.peek();
    }
    scanner.skip();
    return this.sequence(items, true, properties, this.place(start, token.end));
  }

  /** `[a: 1]` holds a mapping of one pair. */
  private singlePair(first: Token): MappingNode {
    this.enter(first);
    const { scanner } = this;
    let token = scanner.next();
    let key: YamlNode;
    if (token.kind === 'value' || token.kind === 'flow-entry' || token.kind === 'flow-sequence-end') {
      key = this.empty(token.end);
      // libyaml drops the token here, whichever it is.
      token = scanner.next();
    } else {
      key = this.node(false, false);
      token = scanner.peek();
    }
    let value: YamlNode;
    if (token.kind === 'value') {
      token = scanner.next();
      value =
        token.kind === 'flow-entry' || token.kind === 'flow-sequence-end'
          ? this.empty(token.start)
          : this.node(false, false);
    } else value = this.empty(token.start);
    const end = Math.max(first.end, this.lastEnd);
    return this.mapping([this.pair(key, value)], true, undefined, this.place(first.start, end));
  }

  private flowMapping(start: number, properties: Properties | undefined): MappingNode {
    const { scanner } = this;
    this.enter(scanner.peek());
    const pairs: Pair[] = [];
    let token = scanner.next();
    while (token.kind !== 'flow-mapping-end') {
      if (pairs.length > 0) {
        if (token.kind !== 'flow-entry')
          throw new YamlFault('did not find expected "," or "}"', token.start, token.end);
        token = scanner.next();
        if (token.kind === 'flow-mapping-end') break;
      }
      pairs.push(token.kind === 'key' ? this.flowPair() : this.keyAlone());
      token = scanner.peek();
    }
    scanner.skip();
    return this.mapping(pairs, true, properties, this.place(start, token.end));
  }

  private keyAlone(): Pair {
    const key = this.node(false, false);
    return this.pair(key, this.empty(this.scanner.peek().start));
  }

  private flowPair(): Pair {
    const { scanner } = this;
    let token = scanner.next();
    const bare = token.kind === 'value' || token.kind === 'flow-entry' || token.kind === 'flow-mapping-end';
    const key = bare ? this.empty(token.start) : this.node(false, false);
    token = scanner.peek();
    if (token.kind !== 'value') return this.pair(key, this.empty(token.start));
    token = scanner.next();
    const absent = token.kind === 'flow-entry' || token.kind === 'flow-mapping-end';
    return this.pair(key, absent ? this.empty(token.start) : this.node(false, false));
  }
}
