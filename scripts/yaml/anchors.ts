import { YamlFault } from './cursor.ts';
import type { YamlNode } from './node.ts';
import type { Token } from './token.ts';

interface Anchored {
  /** Undefined while the node is still being read. */
  node: YamlNode | undefined;
  /** How many collections are around it. */
  readonly depth: number;
  /** Nodes in it, those behind aliases counted each time. */
  size: number;
  height: number;
}

/** Deeper nesting is refused, so that whoever walks the tree needs no guard. go-yaml's own limit is 10,000. */
export const DEPTH_LIMIT = 1000;

export function tooDeep(start: number, end: number = start): YamlFault {
  return new YamlFault(`nesting exceeds the limit of ${DEPTH_LIMIT} levels`, start, end);
}

/** go-yaml's own bound against alias bombs: what share of a document's nodes may come from aliases. */
function allowedAliasShare(count: number): number {
  if (count <= 400_000) return 0.99;
  if (count >= 4_000_000) return 0.1;
  return 0.99 - 0.89 * ((count - 400_000) / 3_600_000);
}

const aliased = new WeakSet<YamlNode>();

/** Whether an alias names the node, so that it stands in several places. */
export function isAliased(node: YamlNode): boolean {
  return aliased.has(node);
}

/** The anchors of one document, and how large and deep it is with its aliases expanded. */
export class Anchors {
  private readonly anchored = new Map<string, Anchored>();
  private depth = 0;
  private deepest = 0;
  private count = 0;
  private aliasCount = 0;

  addScalar(): void {
    this.count++;
  }

  enter(token: Token): void {
    this.count++;
    this.depth++;
    if (this.depth > this.deepest) this.deepest = this.depth;
    if (this.depth > DEPTH_LIMIT) throw tooDeep(token.start, token.end);
  }

  leave(): void {
    this.depth--;
  }

  /** Reads a node and remembers it by its anchor. */
  define(name: string, read: () => YamlNode): YamlNode {
    const anchored: Anchored = { node: undefined, depth: this.depth, size: 0, height: 0 };
    this.anchored.set(name, anchored);
    const { count, deepest } = this;
    this.deepest = this.depth;
    const node = read();
    anchored.node = node;
    anchored.size = this.count - count;
    anchored.height = this.deepest - this.depth;
    this.deepest = Math.max(deepest, this.deepest);
    return node;
  }

  /** Whether the anchor is that of the collection whose content is being read. */
  isOfTheInnermost(name: string): boolean {
    const anchored = this.anchored.get(name);
    return anchored !== undefined && anchored.node === undefined && anchored.depth === this.depth - 1;
  }

  resolve(token: Token): YamlNode {
    const { start, end } = token;
    const anchored = this.anchored.get(token.text);
    if (anchored === undefined) throw new YamlFault(`unknown anchor "${token.text}" referenced`, start, end);
    if (anchored.node === undefined)
      throw new YamlFault(`anchor "${token.text}" contains itself`, start, end);
    this.count += anchored.size;
    this.aliasCount += anchored.size;
    this.deepest = Math.max(this.deepest, this.depth + anchored.height);
    if (
      this.aliasCount > 100 &&
      this.count > 1000 &&
      this.aliasCount / this.count > allowedAliasShare(this.count)
    )
      throw new YamlFault('document contains excessive aliasing', start, end);
    if (this.deepest > DEPTH_LIMIT) throw tooDeep(start, end);
    aliased.add(anchored.node);
    return anchored.node;
  }
}
