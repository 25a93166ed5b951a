import { isMergeKey, type Place, type YamlNode } from '../yaml/node.ts';
import { keyOf } from '../yaml/value.ts';

/** The second place of each key that one mapping has twice: Kustomize takes one of the values without a word. */
export function writtenTwice(root: YamlNode): readonly Place[] {
  const found: Place[] = [];
  // An alias brings one node to many places.
  const seen = new Set<YamlNode>();
  const visit = (node: YamlNode): void => {
    if (node.kind === 'scalar' || seen.has(node)) return;
    seen.add(node);
    if (node.kind === 'sequence') {
      node.items.forEach(visit);
      return;
    }
    const keys = new Set<string>();
    for (const { key, value } of node.pairs) {
      const name = keyOf(key);
      if (keys.has(name) && !isMergeKey(key)) found.push(key.place);
      keys.add(name);
      visit(value);
    }
  };
  visit(root);
  return found;
}
