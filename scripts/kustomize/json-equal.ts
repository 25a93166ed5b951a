import { keyText, type MappingNode, type ScalarNode, type YamlNode } from '../yaml/node.ts';
import { throughJson } from './json-tree.ts';

/** Whether two trees are the same JSON: keys in any order, scalars by type and notation. */
export function sameJson(a: YamlNode, b: YamlNode): boolean {
  return same(throughJson(a), throughJson(b));
}

function same(a: YamlNode, b: YamlNode): boolean {
  if (a.kind === 'scalar') return b.kind === 'scalar' && sameScalar(a, b);
  if (a.kind === 'sequence') {
    if (b.kind !== 'sequence' || a.items.length !== b.items.length) return false;
    return a.items.every((item, index) => same(item, b.items[index]!));
  }
  if (b.kind !== 'mapping' || a.pairs.length !== b.pairs.length) return false;
  const fields = byKey(b);
  return a.pairs.every((pair) => {
    const other = fields.get(keyText(pair));
    return other !== undefined && same(pair.value, other);
  });
}

function byKey(map: MappingNode): Map<string | undefined, YamlNode> {
  return new Map(map.pairs.map((pair) => [keyText(pair), pair.value]));
}

function sameScalar(a: ScalarNode, b: ScalarNode): boolean {
  return a.text === b.text && jsonType(a) === jsonType(b);
}

function jsonType({ tag }: ScalarNode): string {
  return tag === '!!float' ? '!!int' : tag;
}
