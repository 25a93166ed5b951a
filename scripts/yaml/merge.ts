import { YamlFault } from './cursor.ts';
import { isMergeKey, keyText, type MappingNode, type Pair, type YamlNode } from './node.ts';
import type { Dialect } from './resolve.ts';

const WANTS_MAP = 'map merge requires map or sequence of maps as the value';

/** The mappings that a `<<` names, the strongest first. */
function mergedMappings(value: YamlNode): readonly MappingNode[] {
  if (value.kind === 'mapping') return [value];
  const items = value.kind === 'sequence' ? value.items : [value];
  return items.map((item) => {
    if (item.kind === 'mapping') return item;
    throw new YamlFault(WANTS_MAP, value.place.start, value.place.end);
  });
}

/**
 * A mapping's pairs with those that its `<<` names in place of it. In dialect v3 its own pairs win, as Kustomize has it;
 * v2 sets what it meets in written order, so that a `<<` wins over what stands before it.
 */
export function mergePairs(pairs: readonly Pair[], dialect: Dialect): readonly Pair[] {
  return dialect === 'go-yaml-v2' ? inWrittenOrder(pairs) : ownFirst(pairs);
}

function inWrittenOrder(pairs: readonly Pair[]): readonly Pair[] {
  return pairs.flatMap((pair) =>
    isMergeKey(pair.key)
      ? mergedMappings(pair.value)
          .toReversed()
          .flatMap((merged) => merged.pairs)
      : [pair],
  );
}

function ownFirst(pairs: readonly Pair[]): readonly Pair[] {
  const merging = pairs.filter(({ key }) => isMergeKey(key));
  const second = merging[1]?.key.place;
  if (second !== undefined) throw new YamlFault('duplicate merge key', second.start, second.end);
  const result = pairs.filter(({ key }) => !isMergeKey(key));
  const names = new Set(result.map(keyText));
  for (const { pairs: inherited } of mergedMappings(merging[0]!.value)) {
    for (const pair of inherited) {
      const name = keyText(pair);
      if (names.has(name)) continue;
      names.add(name);
      result.push(pair);
    }
  }
  return result;
}

/** Refuses a `<<` whose value is an alias to a sequence, where only a written sequence may stand. */
export function refuseMergedAlias(value: YamlNode, start: number, end: number): void {
  if (value.kind === 'sequence') throw new YamlFault(WANTS_MAP, start, end);
}
