import { isMergeKey, keyText, type MappingNode, type Pair, type YamlNode } from './node.ts';

const expanded = new WeakMap<MappingNode, MappingNode>();

/** The mappings that a `<<` names, the strongest first; undefined where it names something else. */
function mergedMappings(value: YamlNode): readonly MappingNode[] | undefined {
  if (value.kind === 'mapping') return [value];
  if (value.kind !== 'sequence') return undefined;
  const mappings = value.items.filter((item) => item.kind === 'mapping');
  return mappings.length === value.items.length ? mappings : undefined;
}

/**
 * The mapping with what its `<<` keys name, after its own pairs; its own come first, then the mappings as listed. The
 * same object where it has no such key. A `<<` that names no mapping stays, and is refused by whoever reads it.
 */
export function expandMerges(map: MappingNode): MappingNode {
  if (!map.pairs.some((pair) => isMergeKey(pair.key))) return map;
  const known = expanded.get(map);
  if (known !== undefined) return known;
  const pairs: Pair[] = map.pairs.filter(
    (pair) => !isMergeKey(pair.key) || mergedMappings(pair.value) === undefined,
  );
  const names = new Set(pairs.map(keyText));
  for (const pair of map.pairs) {
    if (!isMergeKey(pair.key)) continue;
    for (const merged of mergedMappings(pair.value) ?? []) {
      for (const inherited of expandMerges(merged).pairs) {
        const name = keyText(inherited);
        if (name !== undefined && names.has(name)) continue;
        names.add(name);
        pairs.push(inherited);
      }
    }
  }
  const result: MappingNode = { ...map, pairs };
  expanded.set(map, result);
  return result;
}
