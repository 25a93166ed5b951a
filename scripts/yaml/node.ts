import type { Memo } from './memo.ts';

/**
 * YAML as a tree that remembers where each part was written. Nodes are immutable: a transformer makes new nodes
 * along the path that it changes and shares the rest, so that what an overlay does not touch stays the base's
 * own object. Tags are go-yaml's short tags, since Kustomize's behaviour follows them.
 */
export interface Source {
  /** Relative to the repository's root, '/' separated. */
  readonly file: string;
  readonly text: string;
  /** Set where the text is a value inside a file, such as a patch in a kustomization: where it stands there. */
  readonly inside?: { readonly source: Source; readonly offsetOf: (offset: number) => number };
}

/** Offsets into `source.text`, end exclusive; turned into line and column only when printed. */
export interface Place {
  readonly source: Source;
  readonly start: number;
  readonly end: number;
}

export type Style = 'plain' | 'single' | 'double' | 'literal' | 'folded';
/** `!!str`, `!!int`, `!!float`, `!!bool`, `!!null`, `!!timestamp`, `!!binary`, `!!merge`, or a custom tag as written. */
export type Tag = string;

interface Written {
  /** The place that a person would edit to change this value. */
  readonly place: Place;
  /** The other places that had a part in it (a suffix, an `images` entry, a generator's inputs). */
  readonly others: readonly Place[];
}

export interface ScalarNode extends Written {
  readonly kind: 'scalar';
  /** The content after unquoting and folding, not yet typed. */
  readonly text: string;
  readonly style: Style;
  readonly tag: Tag;
}

export interface Pair {
  readonly key: YamlNode;
  readonly value: YamlNode;
}

interface Collection extends Written {
  /** What was worked out of this very node, see memo.ts: the one thing about a node that changes. */
  memo: Memo | undefined;
}

export interface MappingNode extends Collection {
  readonly kind: 'mapping';
  /** In written order; duplicate keys are kept, since each reader treats them in its own way. */
  readonly pairs: readonly Pair[];
  readonly flow: boolean;
  readonly tag: Tag;
}

export interface SequenceNode extends Collection {
  readonly kind: 'sequence';
  readonly items: readonly YamlNode[];
  readonly flow: boolean;
  readonly tag: Tag;
}

export type YamlNode = ScalarNode | MappingNode | SequenceNode;

export const NO_PLACES: readonly Place[] = Object.freeze([]);

/** The text of a key that is a scalar; other keys have none. */
export function keyText(pair: Pair): string | undefined {
  return pair.key.kind === 'scalar' ? pair.key.text : undefined;
}

/** A plain `<<`, whose value's fields join the mapping. */
export function isMergeKey(key: YamlNode): boolean {
  return key.kind === 'scalar' && key.tag === '!!merge';
}

/** The first pair with that key. */
export function findPair(map: MappingNode, key: string): Pair | undefined {
  const { pairs } = map;
  for (let i = 0; i < pairs.length; i++) {
    const pair = pairs[i]!;
    if (pair.key.kind === 'scalar' && pair.key.text === key) return pair;
  }
  return undefined;
}

/** `findPair` for one who asks for every key: a large mapping is looked through once. */
export function pairFinder(map: MappingNode): (key: string) => Pair | undefined {
  if (map.pairs.length < 16) return (key) => findPair(map, key);
  const first = new Map<string, Pair>();
  for (const pair of map.pairs) {
    const key = keyText(pair);
    if (key !== undefined && !first.has(key)) first.set(key, pair);
  }
  return (key) => first.get(key);
}

/** The value of a field of a mapping; undefined for anything else. */
export function fieldOf(node: YamlNode | undefined, key: string): YamlNode | undefined {
  return node?.kind === 'mapping' ? findPair(node, key)?.value : undefined;
}

/*
 * A changed node is made field by field: V8 gives every place that copies by `...` a shape of its own, and what reads
 * nodes of many shapes is several times as slow.
 */

/** The mapping with other pairs. */
export function withPairs({ flow, tag, place, others }: MappingNode, pairs: readonly Pair[]): MappingNode {
  return { kind: 'mapping', pairs, flow, tag, place, others, memo: undefined };
}

/** The sequence with other items. */
export function withItems(
  { flow, tag, place, others }: SequenceNode,
  items: readonly YamlNode[],
): SequenceNode {
  return { kind: 'sequence', items, flow, tag, place, others, memo: undefined };
}

/** The scalar with other content. */
export function withContent(
  node: ScalarNode,
  text: string,
  tag: Tag = node.tag,
  style: Style = node.style,
): ScalarNode {
  return { kind: 'scalar', text, style, tag, place: node.place, others: node.others };
}

export function withStyle({ text, tag, place, others }: ScalarNode, style: Style): ScalarNode {
  return { kind: 'scalar', text, style, tag, place, others };
}

/** The node with another place, and other places that had a part in it. */
export function placedAt<T extends YamlNode>(node: T, place: Place, others: readonly Place[]): T;
export function placedAt(node: YamlNode, place: Place, others: readonly Place[]): YamlNode {
  if (node.kind === 'scalar') {
    const { text, style, tag } = node;
    return { kind: 'scalar', text, style, tag, place, others };
  }
  const { flow, tag } = node;
  return node.kind === 'mapping'
    ? { kind: 'mapping', pairs: node.pairs, flow, tag, place, others, memo: undefined }
    : { kind: 'sequence', items: node.items, flow, tag, place, others, memo: undefined };
}

/** The node with other places that had a part in it. */
export function withOthers<T extends YamlNode>(node: T, others: readonly Place[]): T {
  return placedAt(node, node.place, others);
}

/** The mapping with that field's value replaced, or added at the end; the same object where nothing changes. */
export function withField(map: MappingNode, key: string, value: YamlNode, keyNode?: YamlNode): MappingNode {
  const { pairs: old, flow, tag, place, others } = map;
  let index = 0;
  while (index < old.length && keyText(old[index]!) !== key) index++;
  if (index < old.length && old[index]!.value === value) return map;
  const pairs = old.slice();
  pairs[index] = { key: old[index]?.key ?? keyNode ?? stringNode(key, value.place), value };
  return { kind: 'mapping', pairs, flow, tag, place, others, memo: undefined };
}

/** The mapping without that field; the same object where it is not there. */
export function withoutField(map: MappingNode, key: string): MappingNode {
  const pairs = map.pairs.filter((pair) => !(pair.key.kind === 'scalar' && pair.key.text === key));
  return pairs.length === map.pairs.length ? map : withPairs(map, pairs);
}

/** The sequence with one item replaced; the same object where nothing changes. */
export function withItem(list: SequenceNode, index: number, item: YamlNode): SequenceNode {
  if (list.items[index] === item) return list;
  const items = list.items.slice();
  items[index] = item;
  return withItems(list, items);
}

export function stringNode(text: string, place: Place, others: readonly Place[] = NO_PLACES): ScalarNode {
  return { kind: 'scalar', text, style: 'plain', tag: '!!str', place, others };
}

export function mappingNode(
  pairs: readonly Pair[],
  place: Place,
  others: readonly Place[] = NO_PLACES,
): MappingNode {
  return { kind: 'mapping', pairs, flow: false, tag: '!!map', place, others, memo: undefined };
}

export function sequenceNode(
  items: readonly YamlNode[],
  place: Place,
  others: readonly Place[] = NO_PLACES,
): SequenceNode {
  return { kind: 'sequence', items, flow: false, tag: '!!seq', place, others, memo: undefined };
}
