import type { Place, YamlNode } from '../yaml/node.ts';

/** The tree with the entry that brings it in among the places of every node. */
export function markedBy<T extends YamlNode>(tree: T, entry: Place): T {
  const alone: readonly Place[] = [entry];
  const mark = (node: YamlNode): YamlNode => {
    const others = node.others.length === 0 ? alone : [...node.others, entry];
    if (node.kind === 'scalar') return { ...node, others };
    if (node.kind === 'sequence') return { ...node, others, items: node.items.map(mark) };
    return { ...node, others, pairs: node.pairs.map(({ key, value }) => ({ key, value: mark(value) })) };
  };
  return mark(tree) as T;
}
