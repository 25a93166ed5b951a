import { expandMerges } from '../yaml/merge.ts';
import type { YamlNode } from '../yaml/node.ts';

const expanded = new WeakMap<YamlNode, YamlNode>();

/** The tree with every merge key (`<<`) expanded; the same object where there is none. */
export function expandTree<T extends YamlNode>(node: T): T {
  if (node.kind === 'scalar') return node;
  const known = expanded.get(node);
  if (known !== undefined) return known as T;
  const result = node.kind === 'sequence' ? expandItems(node) : expandPairs(node);
  expanded.set(node, result);
  return result as T;
}

function expandItems(node: Extract<YamlNode, { kind: 'sequence' }>): YamlNode {
  const items = node.items.map(expandTree);
  return items.every((item, index) => item === node.items[index]) ? node : { ...node, items };
}

function expandPairs(node: Extract<YamlNode, { kind: 'mapping' }>): YamlNode {
  const merged = expandMerges(node);
  const pairs = merged.pairs.map((pair) => {
    const value = expandTree(pair.value);
    return value === pair.value ? pair : { key: pair.key, value };
  });
  return pairs.every((pair, index) => pair === merged.pairs[index]) ? merged : { ...merged, pairs };
}
