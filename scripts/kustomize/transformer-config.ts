import { entryOf, newWeakMap } from '../core/entry.ts';
import type { ScalarNode, YamlNode } from '../yaml/node.ts';
import { asConfiguration, embedded, list, shape, text } from './decode.ts';
import type { NameReference } from './default-fields.ts';
import * as defaults from './default-fields.ts';
import { failAt } from './failure.ts';
import {
  ConflictingFieldSpecs,
  type FieldSpec,
  fieldSpecShape,
  type KindSelector,
  mergeFieldSpecs,
} from './field-spec.ts';
import type { Loader } from './loader.ts';
import { compareKinds } from './sort-order.ts';

/** Which fields the transformers write; `configurations`, `crds` and bases add to the defaults. */
export interface TransformerConfig {
  readonly namePrefix: readonly FieldSpec[];
  readonly nameSuffix: readonly FieldSpec[];
  readonly namespace: readonly FieldSpec[];
  readonly commonLabels: readonly FieldSpec[];
  readonly labels: readonly FieldSpec[];
  readonly templateLabels: readonly FieldSpec[];
  readonly commonAnnotations: readonly FieldSpec[];
  readonly nameReference: readonly NameReference[];
  readonly varReference: readonly FieldSpec[];
  readonly images: readonly FieldSpec[];
  readonly replicas: readonly FieldSpec[];
}

export const emptyConfig: TransformerConfig = {
  namePrefix: [],
  nameSuffix: [],
  namespace: [],
  commonLabels: [],
  labels: [],
  templateLabels: [],
  commonAnnotations: [],
  nameReference: [],
  varReference: [],
  images: [],
  replicas: [],
};

function isSame(a: TransformerConfig, b: TransformerConfig): boolean {
  return (Object.keys(a) as (keyof TransformerConfig)[]).every((field) => a[field] === b[field]);
}

const merged = new WeakMap<TransformerConfig, WeakMap<TransformerConfig, TransformerConfig>>();

/**
 * Both together; throws ConflictingFieldSpecs. Specs are kept in the order of their kinds, since a spec for any kind is
 * dropped where one for some kind stands before it.
 */
export function mergeConfigs(config: TransformerConfig, more: TransformerConfig): TransformerConfig {
  if (config === more || more === emptyConfig) return config;
  if (config === emptyConfig && more === defaultConfig) return more;
  return entryOf(entryOf(merged, config, newWeakMap), more, () => mergeFields(config, more));
}

function mergeFields(config: TransformerConfig, more: TransformerConfig): TransformerConfig {
  const merge = (field: Exclude<keyof TransformerConfig, 'nameReference'>) =>
    sorted(mergeFieldSpecs(config[field], more[field]));
  const result: TransformerConfig = {
    namePrefix: merge('namePrefix'),
    nameSuffix: merge('nameSuffix'),
    namespace: merge('namespace'),
    commonLabels: merge('commonLabels'),
    labels: merge('labels'),
    templateLabels: merge('templateLabels'),
    commonAnnotations: merge('commonAnnotations'),
    nameReference: mergeReferences(config.nameReference, more.nameReference),
    varReference: merge('varReference'),
    images: merge('images'),
    replicas: merge('replicas'),
  };
  return isSame(config, result) ? config : result;
}

const inOrder = new WeakSet<object>();

/** The same object where the order is right already. */
function sorted<T extends KindSelector>(specs: readonly T[]): readonly T[] {
  if (inOrder.has(specs)) return specs;
  const isRight = specs.every((spec, index) => index === 0 || compareKinds(specs[index - 1]!, spec) <= 0);
  const result = isRight ? specs : [...specs].sort(compareKinds);
  inOrder.add(result);
  return result;
}

export const defaultConfig: TransformerConfig = {
  namePrefix: sorted(defaults.names),
  nameSuffix: sorted(defaults.names),
  namespace: sorted(defaults.namespaces),
  commonLabels: sorted(defaults.commonLabels),
  labels: [],
  templateLabels: sorted(defaults.templateLabels),
  commonAnnotations: sorted(defaults.commonAnnotations),
  nameReference: sorted(defaults.nameReferences),
  varReference: sorted(defaults.varReferences),
  images: sorted(defaults.images),
  replicas: sorted(defaults.replicas),
};

export function mergeReferences(
  references: readonly NameReference[],
  more: readonly NameReference[],
): readonly NameReference[] {
  if (references === more) return references;
  let result: NameReference[] | undefined;
  for (const reference of more) {
    const current = result ?? references;
    const index = current.findIndex(
      ({ group, version, kind }) =>
        group === reference.group && version === reference.version && kind === reference.kind,
    );
    if (index < 0) {
      result = [...current, reference];
      continue;
    }
    const known = current[index]!;
    const referrers = mergeFieldSpecs(known.referrers, reference.referrers);
    if (referrers === known.referrers) continue;
    result ??= references.slice();
    result[index] = { ...known, referrers };
  }
  return sorted(result ?? references);
}

const specs = list(fieldSpecShape);
const configShape = shape({
  namePrefix: specs,
  nameSuffix: specs,
  namespace: specs,
  commonLabels: specs,
  labels: specs,
  templateLabels: specs,
  commonAnnotations: specs,
  nameReference: list(
    shape({ group: embedded(text), version: embedded(text), kind: embedded(text), fieldSpecs: specs }),
  ),
  varReference: specs,
  images: specs,
  replicas: specs,
});

/** The defaults, and what the files under `configurations` add. */
export function loadConfigurations(loader: Loader, entries: readonly ScalarNode[]): TransformerConfig {
  let config = emptyConfig;
  for (const entry of entries) {
    const document = loader.files.configuration(loader.load(entry))[0];
    const problem = document?.problems[0];
    if (problem !== undefined) failAt(problem.place, problem.message);
    if (document?.root === undefined || (document.root.kind === 'scalar' && document.root.tag === '!!null'))
      continue;
    requireUniqueKeys(document.root);
    const { nameReference, node: _, ...fields } = configShape(document.root, '', asConfiguration);
    const references = (nameReference ?? []).map((reference) => ({
      group: reference.group?.text ?? '',
      version: reference.version?.text ?? '',
      kind: reference.kind?.text ?? '',
      referrers: reference.fieldSpecs ?? [],
    }));
    config = mergeAt(entry, config, { ...emptyConfig, ...fields, nameReference: references });
  }
  return entries.length === 0 ? defaultConfig : mergeAt(entries[0]!, defaultConfig, config);
}

/** Configurations are read strictly: a key may come once. */
function requireUniqueKeys(node: YamlNode): void {
  if (node.kind === 'sequence') for (const item of node.items) requireUniqueKeys(item);
  if (node.kind !== 'mapping') return;
  const seen = new Set<string>();
  for (const { key, value } of node.pairs) {
    const name = key.kind === 'scalar' ? key.text : '';
    if (seen.has(name)) failAt(key.place, `Key "${name}" already set in map`);
    seen.add(name);
    requireUniqueKeys(value);
  }
}

/** Merges, and blames an entry for a conflict. */
export function mergeAt(
  entry: Pick<ScalarNode, 'place'>,
  config: TransformerConfig,
  more: TransformerConfig,
): TransformerConfig {
  try {
    return mergeConfigs(config, more);
  } catch (error) {
    if (error instanceof ConflictingFieldSpecs) return failAt(entry.place, error.message, error);
    throw error;
  }
}
