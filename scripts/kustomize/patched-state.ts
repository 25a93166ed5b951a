import {
  fieldOf,
  findPair,
  type MappingNode,
  mappingNode,
  type Place,
  stringNode,
  withField,
} from '../yaml/node.ts';
import { timesAsText } from './go-times.ts';
import { throughJson } from './json-tree.ts';
import { type BuildObject, type BuildState, withState } from './object.ts';

/**
 * Kustomize keeps what it knows of an object in annotations of the object, so that a patch which takes the place of
 * all annotations makes it forget: names that changed before are no longer followed, and no hash is appended.
 */
export function withoutLostState(patch: MappingNode, object: BuildObject): BuildObject {
  return replacesAnnotations(patch) ? withState(object, FORGOTTEN) : object;
}

const FORGOTTEN: Partial<BuildState> = {
  previous: [],
  prefixes: [],
  suffixes: [],
  needsHash: false,
  behavior: undefined,
};

function replacesAnnotations(patch: MappingNode): boolean {
  const metadata = fieldOf(patch, 'metadata');
  const annotations = fieldOf(metadata, 'annotations');
  if (annotations?.kind === 'scalar' && annotations.tag === '!!null') return true;
  return [patch, metadata, annotations].some((node) => {
    if (node?.kind !== 'mapping') return false;
    const directive = findPair(node, '$patch')?.value;
    return directive?.kind === 'scalar' && (directive.text === 'replace' || directive.text === 'delete');
  });
}

/** An object as patches and transformers meet it: with annotations, where Kustomize would keep its own there. */
export function withAnnotationsMapping(
  { root, state }: Pick<BuildObject, 'root' | 'state'>,
  place: Place,
): MappingNode {
  const isMarked =
    state.previous.length > 0 ||
    state.prefixes.length > 0 ||
    state.suffixes.length > 0 ||
    state.needsHash ||
    state.behavior !== undefined;
  const metadata = fieldOf(root, 'metadata');
  if (!isMarked || metadata?.kind !== 'mapping') return root;
  if (fieldOf(metadata, 'annotations')?.kind === 'mapping') return root;
  const annotations = mappingNode([], place);
  return withField(
    root,
    'metadata',
    withField(metadata, 'annotations', annotations, stringNode('annotations', place)),
  );
}

/** After a JSON patch: the metadata that the object had before annotations were added, where the patch left it alone. */
export function withOwnMetadata(
  patched: MappingNode,
  marked: MappingNode,
  original: MappingNode,
): MappingNode {
  const added = fieldOf(marked, 'metadata');
  const own = fieldOf(original, 'metadata');
  if (added === undefined || own === undefined) return patched;
  if (fieldOf(patched, 'metadata') !== throughJson(added)) return patched;
  return withField(patched, 'metadata', throughJson(timesAsText(own)));
}
