import { type MappingNode, type Place, stringNode } from '../yaml/node.ts';
import type { Accumulation } from './accumulate.ts';
import { unwantedAnnotations, withCleanAnnotations } from './build-metadata.ts';
import { mappingEntry, setEntry } from './edit.ts';
import { hashTransformer } from './hash.ts';
import type { Kustomization } from './kustomization.ts';
import { isForOutput } from './local-config.ts';
import { fixNameReferences } from './name-references.ts';
import type { BuildObject } from './object.ts';
import { requireUnique } from './object-set.ts';
import { requireNamed } from './read-objects.ts';
import { sortObjects } from './sort-order.ts';
import { resolveVariables } from './vars.ts';

const INTERNAL = 'internal.config.kubernetes.io/';
/** Annotations that Kustomize uses itself, and removes also where a person wrote them. */
const REMOVED = new Set([
  ...[
    'previousKinds',
    'previousNames',
    'prefixes',
    'suffixes',
    'previousNamespaces',
    'allowNameChange',
    'allowKindChange',
    'refBy',
    'generatorBehavior',
    'needsHashSuffix',
    'path',
    'index',
    'seqindent',
    'id',
    'annotations-migration-resource-id',
  ].map((name) => INTERNAL + name),
  'config.kubernetes.io/path',
  'config.kubernetes.io/index',
  'config.kubernetes.io/id',
  `${INTERNAL}helm-generated`,
]);

const cleaned = new WeakMap<
  MappingNode,
  { readonly unwanted: readonly string[]; readonly result: MappingNode }
>();

/** What is printed of an object, and the patches that would delete it with another target. */
export interface Finished {
  readonly root: MappingNode;
  readonly sparedBy: readonly Place[];
}

/** The steps that look at the whole tree: hashes, references, variables, order, and what is not for the output. */
export function finish(
  { objects, config, variables }: Accumulation,
  kustomization: Kustomization,
): { readonly finished: readonly Finished[]; readonly warnings: readonly string[] } {
  const hashed = hashTransformer(objects);
  const referred = fixNameReferences(hashed, config.nameReference);
  const resolved = resolveVariables(referred, variables, config.varReference);
  for (const { root } of resolved.objects) requireNamed(root);
  const forOutput = resolved.objects.filter(isForOutput);
  requireUnique(forOutput);
  const sorted = sortObjects(forOutput, kustomization.sortOptions);
  const buildMetadata = (kustomization.buildMetadata ?? []).map(({ text }) => text);
  const managedBy = kustomization.buildMetadata?.find(({ text }) => text === 'managedByLabel');
  const labelled =
    managedBy === undefined ? sorted : sorted.map((object) => withManagedBy(object, managedBy.place));
  const unwanted = unwantedAnnotations(buildMetadata);
  const warnings =
    resolved.unused.length > 0
      ? [`well-defined vars that were never replaced: ${resolved.unused.join(',')}`]
      : [];
  const finished = labelled.map(({ root, state: { sparedBy } }) => ({
    root: clean(root, unwanted),
    sparedBy,
  }));
  return { finished, warnings };
}

function withManagedBy(object: BuildObject, place: Place): BuildObject {
  const spec = { group: '', version: '', kind: '', path: 'metadata/labels', create: true };
  const key = stringNode('app.kubernetes.io/managed-by', place);
  return setEntry(
    object,
    mappingEntry([spec], key, { text: 'kustomize-v5.8.1', tag: '!!str', place, others: [] }),
  );
}

/** The same object for the same content, which overlays share. */
function clean(root: MappingNode, unwanted: readonly string[]): MappingNode {
  const known = cleaned.get(root);
  if (known?.unwanted.join() === unwanted.join()) return known.result;
  const result = withCleanAnnotations(root, (name) => REMOVED.has(name) || unwanted.includes(name));
  if (result !== root) cleaned.set(root, { unwanted, result });
  return result;
}
