import type { Place } from '../yaml/node.ts';
import { failAt } from './failure.ts';
import { ConflictingFieldSpecs, type FieldSpec, mergeFieldSpecs } from './field-spec.ts';
import { imagesTransformer } from './images.ts';
import type { Kustomization, LabelEntry } from './kustomization.ts';
import { entriesTransformer } from './labels.ts';
import type { Loader } from './loader.ts';
import { nameAffixTransformer } from './name-affix.ts';
import { namespaceTransformer } from './namespace.ts';
import type { Transformer } from './object.ts';
import type { OpenApi } from './open-api.ts';
import { json6902Transformer, patchTransformer, strategicMergeTransformer } from './patch.ts';
import { replacementTransformer } from './replacement.ts';
import { replicasTransformer } from './replicas.ts';
import type { SelectorEntry } from './selector-fields.ts';
import type { TransformerConfig } from './transformer-config.ts';

/** A transformer that a field of the kustomization asks for, and the kind that Kustomize gives it. */
export interface BuiltInTransformer {
  readonly kind: string;
  readonly transform: Transformer;
  /** The entry that is of no use where this changes nothing. */
  readonly entry?: Entry;
  /** Keys of its patches that stand twice in one mapping. */
  readonly twice?: readonly Place[];
}

/** An entry of a kustomization that picks what it changes, or a key that is written twice. */
export interface Entry {
  readonly field: 'patches' | 'images' | 'replacements' | 'key';
  readonly place: Place;
  /** What a patch aims at. */
  readonly target?: SelectorEntry | undefined;
}

interface Shared {
  readonly config: TransformerConfig;
  readonly openApi: OpenApi;
  readonly transformers: readonly BuiltInTransformer[];
  /** Every path that they were read from. */
  readonly asked: ReadonlySet<string>;
}

/** The transformers of a kustomization's own fields: the same ones for a component that many overlays use. */
export function sharedTransformers(
  kustomization: Kustomization,
  loader: Loader,
  config: TransformerConfig,
  openApi: OpenApi,
): readonly BuiltInTransformer[] {
  const known = kustomization.memo.get(sharedTransformers) as Shared | undefined;
  if (known?.config === config && known.openApi === openApi) {
    loader.files.note(known.asked);
    return known.transformers;
  }
  const asked = new Set<string>();
  const transformers = loader.files.noting(asked, () =>
    builtInTransformers(kustomization, loader, config, openApi),
  );
  loader.files.note(asked);
  const shared: Shared = { config, openApi, transformers, asked };
  kustomization.memo.set(sharedTransformers, shared);
  return transformers;
}

/** In Kustomize's fixed order. */
function builtInTransformers(
  kustomization: Kustomization,
  loader: Loader,
  config: TransformerConfig,
  openApi: OpenApi,
): readonly BuiltInTransformer[] {
  const { patchesStrategicMerge, patches, namespace, namePrefix, nameSuffix, labels, commonLabels } =
    kustomization;
  const { commonAnnotations, patchesJson6902, replicas, images, imageTags, replacements } = kustomization;
  const result: BuiltInTransformer[] = [];
  const add = (kind: string, transform: Transformer, entry?: Entry) =>
    result.push(entry === undefined ? { kind, transform } : { kind, transform, entry });

  if (patchesStrategicMerge !== undefined && patchesStrategicMerge.length > 0) {
    add(
      'PatchStrategicMergeTransformer',
      strategicMergeTransformer(patchesStrategicMerge, undefined, loader, openApi),
    );
  }
  for (const entry of patches ?? []) {
    const { place } = entry.node;
    const { transform, twice } = patchTransformer(entry, loader, openApi);
    result.push({
      kind: 'PatchTransformer',
      transform,
      entry: { field: 'patches', place, target: entry.target },
      twice,
    });
  }
  if (namespace !== undefined && namespace.text !== '') {
    const fieldSpecs = config.namespace;
    const options = { namespace, fieldSpecs, unsetOnly: false, subjects: 'defaultOnly' } as const;
    add('NamespaceTransformer', namespaceTransformer(options));
  }
  if (namePrefix !== undefined && namePrefix.text !== '') {
    add('PrefixTransformer', nameAffixTransformer('prefix', namePrefix, config.namePrefix));
  }
  if (nameSuffix !== undefined && nameSuffix.text !== '') {
    add('SuffixTransformer', nameAffixTransformer('suffix', nameSuffix, config.nameSuffix));
  }
  for (const label of labels ?? []) {
    add(
      'LabelTransformer',
      entriesTransformer(label.pairs ?? [], labelFields(label, config), label.node.place),
    );
  }
  if ((labels?.length ?? 0) > 0 || (commonLabels?.length ?? 0) > 0) {
    add('LabelTransformer', entriesTransformer(commonLabels ?? [], config.commonLabels));
  }
  if (commonAnnotations !== undefined && commonAnnotations.length > 0) {
    add('AnnotationsTransformer', entriesTransformer(commonAnnotations, config.commonAnnotations));
  }
  for (const { target, path, patch, node } of patchesJson6902 ?? []) {
    add('PatchJson6902Transformer', json6902Transformer(target, path, patch, node.place, loader));
  }
  for (const { name, count, node } of replicas ?? []) {
    const number = count ?? zero(node.place);
    add(
      'ReplicaCountTransformer',
      replicasTransformer(name?.text ?? '', number, config.replicas, node.place),
    );
  }
  for (const entry of [...(images ?? []), ...(imageTags ?? [])]) {
    const { place } = entry.node;
    add('ImageTagTransformer', imagesTransformer(entry, config.images), { field: 'images', place });
  }
  if (replacements !== undefined && replacements.length > 0) {
    add('ReplacementTransformer', replacementTransformer(replacements, loader));
  }
  return result;
}

function labelFields(label: LabelEntry, config: TransformerConfig): readonly FieldSpec[] {
  const metadata: FieldSpec = { group: '', version: '', kind: '', path: 'metadata/labels', create: true };
  try {
    const own = mergeFieldSpecs(label.fields ?? [], config.labels);
    if (label.includeSelectors) return mergeFieldSpecs(own, config.commonLabels);
    const withTemplates = label.includeTemplates ? mergeFieldSpecs(own, config.templateLabels) : own;
    return mergeFieldSpecs(withTemplates, [metadata]);
  } catch (error) {
    if (error instanceof ConflictingFieldSpecs) {
      return failAt(label.node.place, `Failed to merge labels: ${error.message}`, error);
    }
    throw error;
  }
}

function zero(place: Place) {
  return { kind: 'scalar', text: '0', style: 'plain', tag: '!!int', place, others: [] } as const;
}
