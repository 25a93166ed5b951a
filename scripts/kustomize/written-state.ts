import { fieldOf, type MappingNode } from '../yaml/node.ts';
import { failAt } from './failure.ts';
import type { BuildState } from './object.ts';

const INTERNAL = 'internal.config.kubernetes.io/';

/**
 * What annotations of Kustomize's own say in a file: it takes them for its notes, as in the output of a run that was
 * stopped halfway.
 */
export function writtenState(root: MappingNode): Partial<BuildState> | undefined {
  const annotations = fieldOf(fieldOf(root, 'metadata'), 'annotations');
  if (annotations?.kind !== 'mapping') return undefined;
  if (!annotations.pairs.some(({ key }) => key.kind === 'scalar' && key.text.startsWith(INTERNAL))) {
    return undefined;
  }
  const list = (name: string): readonly string[] => {
    const value = fieldOf(annotations, INTERNAL + name);
    return value?.kind === 'scalar' ? value.text.split(',') : [];
  };
  const names = list('previousNames');
  const namespaces = list('previousNamespaces');
  const kinds = list('previousKinds');
  if (names.length !== namespaces.length || names.length !== kinds.length) {
    failAt(
      annotations.place,
      'Number of previous names, number of previous namespaces, number of previous kinds not equal',
    );
  }
  return {
    previous: names.map((name, index) => ({
      name,
      namespace: namespaces[index] ?? '',
      kind: kinds[index] ?? '',
      places: [annotations.place],
    })),
    prefixes: list('prefixes'),
    suffixes: list('suffixes'),
    needsHash: list('needsHashSuffix')[0] === 'enabled',
  };
}
