import {
  fieldOf,
  findPair,
  keyText,
  type MappingNode,
  mappingNode,
  type Pair,
  stringNode,
  withField,
  withPairs,
  type YamlNode,
} from '../yaml/node.ts';

/** Before Kustomize notes something in annotations, it passes over ones that are a scalar for a second field of the name. */
export function withoutScalarAnnotations(root: MappingNode): MappingNode {
  const metadata = fieldOf(root, 'metadata');
  const first = metadata?.kind === 'mapping' ? findPair(metadata, 'annotations') : undefined;
  if (metadata?.kind !== 'mapping' || first?.value.kind !== 'scalar') return root;
  const pairs = metadata.pairs.filter((pair) => pair !== first);
  const isOnly = pairs.every((pair) => keyText(pair) !== 'annotations');
  return isOnly ? root : withField(root, 'metadata', withPairs(metadata, pairs));
}

/**
 * At the end Kustomize writes all annotations anew, and then of a key that is written twice the last is left, and of
 * `annotations` itself all, the first before the next. The same object where nothing is written twice.
 */
export function foldedAnnotations(root: MappingNode): MappingNode {
  const metadata = fieldOf(root, 'metadata');
  if (metadata?.kind !== 'mapping') return root;
  const written = metadata.pairs.filter((pair) => keyText(pair) === 'annotations');
  if (written.length === 0 || (written.length === 1 && !repeatsKey(written[0]!.value))) return root;
  const entries = new Map<string, Pair>();
  for (const { value } of written.toReversed()) {
    if (value.kind !== 'mapping') continue;
    for (const pair of value.pairs) {
      const text = pair.value.kind === 'scalar' ? pair.value.text : '';
      const { place, others } = pair.value;
      entries.set(keyText(pair) ?? '', { key: pair.key, value: stringNode(text, place, others) });
    }
  }
  const others = metadata.pairs.filter((pair) => !written.includes(pair));
  const { key, value } = written.at(-1)!;
  const annotations = mappingNode([...entries.values()], value.place, value.others);
  const pairs = entries.size === 0 ? others : [...others, { key, value: annotations }];
  return withField(root, 'metadata', withPairs(metadata, pairs));
}

function repeatsKey(annotations: YamlNode): boolean {
  if (annotations.kind !== 'mapping') return false;
  const { pairs } = annotations;
  return pairs.length > 1 && new Set(pairs.map(keyText)).size < pairs.length;
}
