import { type Place, withItems, withOthers, withPairs, type YamlNode } from '../yaml/node.ts';

/** The tree with the entry that brings it in among the places of every node. */
export function markedBy<T extends YamlNode>(tree: T, entry: Place): T {
  const alone: readonly Place[] = [entry];
  const mark = (node: YamlNode): YamlNode => {
    const others = node.others.length === 0 ? alone : [...node.others, entry];
    if (node.kind === 'scalar') return withOthers(node, others);
    if (node.kind === 'sequence') return withOthers(withItems(node, node.items.map(mark)), others);
    const pairs = node.pairs.map(({ key, value }) => ({ key, value: mark(value) }));
    return withOthers(withPairs(node, pairs), others);
  };
  return mark(tree) as T;
}
