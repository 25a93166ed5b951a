import { Anchors } from './anchors.ts';
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
import { type Dialect, fittingTag, implicitTag, integerOf, isTyped } from './resolve.ts';
import { Scanner } from './scanner.ts';
import { TagHandles } from './tag-handles.ts';
import type { Token, TokenKind } from './token.ts';

/** What stands before a node: `&anchor !tag`. */
interface Properties {
  readonly start: number;
  readonly end: number;
  readonly anchor: string | undefined;
  readonly tag: Tag | undefined;
}

function endsPair(kind: TokenKind): boolean {
  return kind === 'key' || kind === 'value' || kind === 'block-end';
}

/** Nodes from tokens, by libyaml's grammar. */
export class Parser {
  private readonly source: Source;
  private readonly dialect: Dialect;
  private readonly scanner: Scanner;
  private handles: TagHandles | undefined;
  private anchors = new Anchors();
  private started = false;
  /** Where the node read last ends; for an alias, not where its anchor does. */
  private lastEnd = 0;
  /** The node that an alias gave last. */
  private lastAlias: YamlNode | undefined;

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
    this.anchors = new Anchors();
    const implicit = !this.started;
    this.started = true;
    let node: YamlNode;
    if (
      implicit &&
      token.kind !== 'version' &&
      token.kind !== 'tag-directive' &&
      token.kind !== 'document-start'
    ) {
      this.handles = undefined;
      node = this.node(true, false);
    } else {
      this.handles = new TagHandles(scanner);
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

  private place(start: number, end: number): Place {
    return { source: this.source, start, end };
  }

  private scalar(text: string, style: Style, tag: Tag, start: number, end: number): ScalarNode {
    this.anchors.addScalar();
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
    this.handles ??= new TagHandles();
    return this.handles.resolve(token);
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
    return this.anchors.define(properties.anchor, () => this.content(block, indentless, properties));
  }

  private alias(token: Token): YamlNode {
    this.lastAlias = this.anchors.resolve(token);
    this.lastEnd = token.end;
    this.scanner.skip();
    return this.lastAlias;
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

  private sequence(
    items: readonly YamlNode[],
    flow: boolean,
    properties: Properties | undefined,
    place: Place,
  ): SequenceNode {
    this.anchors.leave();
    this.lastEnd = place.end;
    const tag = properties?.tag === undefined || properties.tag === '!' ? '!!seq' : properties.tag;
    return { kind: 'sequence', items, flow, tag, place, others: NO_PLACES, memo: undefined };
  }

  private mapping(
    pairs: readonly Pair[],
    flow: boolean,
    properties: Properties | undefined,
    place: Place,
  ): MappingNode {
    this.anchors.leave();
    this.lastEnd = place.end;
    const tag = properties?.tag === undefined || properties.tag === '!' ? '!!map' : properties.tag;
    const merged = pairs.some(({ key }) => isMergeKey(key)) ? mergePairs(pairs, this.dialect) : pairs;
    return { kind: 'mapping', pairs: merged, flow, tag, place, others: NO_PLACES, memo: undefined };
  }

  private pair(key: YamlNode, value: YamlNode): Pair {
    const fault = this.dialect === 'go-yaml-v2' ? faultOfKey(key) : undefined;
    if (fault !== undefined)
      throw new YamlFault(`mapping key is ${fault}, expected a string`, key.place.start, key.place.end);
    if (this.lastAlias === value && isMergeKey(key)) refuseMergedAlias(value, key.place.start, this.lastEnd);
    return { key, value };
  }

  private blockSequence(start: number, properties: Properties | undefined): SequenceNode {
    const { scanner } = this;
    this.anchors.enter(scanner.peek());
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
    this.anchors.enter(scanner.peek());
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
    this.anchors.enter(scanner.peek());
    const pairs: Pair[] = [];
    let token = scanner.next();
    let { end } = token;
    while (token.kind === 'key') {
      const after = token.end;
      const { kind } = scanner.next();
      const key = endsPair(kind) ? this.empty(after) : this.node(true, true);
      end = Math.max(after, this.lastEnd);
      token = scanner.peek();
      const value = token.kind === 'value' ? this.blockValue(token, key) : this.empty(this.lastEnd);
      if (token.kind === 'value') end = this.lastEnd;
      pairs.push(this.pair(key, value));
      token = scanner.peek();
    }
    if (token.kind !== 'block-end') throw new YamlFault('did not find expected key', token.start, token.end);
    scanner.skip();
    return this.mapping(pairs, false, properties, this.place(start, end));
  }

  private blockValue(colon: Token, key: YamlNode): YamlNode {
    const { kind, text, start, end } = this.scanner.next();
    // A mapping that merges itself: Kustomize adds what it lacks, which is nothing.
    if (
      kind === 'alias' &&
      this.dialect === 'go-yaml-v3' &&
      isMergeKey(key) &&
      this.anchors.isOfTheInnermost(text)
    ) {
      this.lastEnd = end;
      this.scanner.skip();
      this.anchors.enter(colon);
      return this.mapping([], true, undefined, this.place(start, end));
    }
    return endsPair(kind) ? this.empty(colon.end) : this.node(true, true);
  }

  private flowSequence(start: number, properties: Properties | undefined): SequenceNode {
    const { scanner } = this;
    this.anchors.enter(scanner.peek());
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
    this.anchors.enter(first);
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
    this.anchors.enter(scanner.peek());
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

const LARGEST = 2n ** 63n - 1n;

/** What sigs.k8s.io/yaml cannot turn into the name of a field. */
function faultOfKey(key: YamlNode): string | undefined {
  if (key.kind !== 'scalar') return 'a collection';
  if (key.tag === '!!null') return 'null';
  if (key.tag !== '!!int' || key.text.length < 18) return undefined;
  return (integerOf(key.text) ?? 0n) > LARGEST ? 'a number beyond 64 bits with sign' : undefined;
}
