import type { MappingNode } from '../yaml/node.ts';
import { renderedValueOf } from '../yaml/rendered-value.ts';
import {
  asAffix,
  asPlugin,
  type Decoder,
  embedded,
  type Fields,
  flag,
  list,
  shape,
  text,
  textMap,
  texts,
} from './decode.ts';
import { failAt } from './failure.ts';
import { affixFieldSpecShape, fieldSpecShape } from './field-spec.ts';
import { generate } from './generate.ts';
import { hashTransformer } from './hash.ts';
import { policyShape, serviceAccount } from './iam-policy.ts';
import { idText } from './id.ts';
import { imagesTransformer } from './images.ts';
import {
  generatorFields,
  imageFields,
  patchFields,
  replacementFields,
  replicaFields,
} from './kustomization.ts';
import { entriesTransformer } from './labels.ts';
import type { Loader } from './loader.ts';
import { nameAffixTransformer } from './name-affix.ts';
import { namespaceTransformer, type SubjectMode } from './namespace.ts';
import type { BuildObject, Transformer } from './object.ts';
import type { OpenApi } from './open-api.ts';
import { json6902Transformer, patchTransformer, strategicMergeTransformer } from './patch.ts';
import { replacementTransformer } from './replacement.ts';
import { replicasTransformer } from './replicas.ts';
import type { Scopes } from './scopes.ts';
import { selectorShape } from './selector-fields.ts';
import { valueAddTransformer, valueTargetShape } from './value-add.ts';

type Generator = () => readonly BuildObject[];

/** The generator that a configuration under `generators` describes. */
export function loadGenerator(plugin: BuildObject, loader: Loader, scopes: Scopes): Generator {
  requireBuiltIn(plugin);
  const { root } = plugin;
  switch (plugin.id.kind) {
    case 'ConfigMapGenerator':
    case 'SecretGenerator': {
      const fields = { ...namedShape(root, '', asPlugin), ...generatorShape(root, '', asPlugin) };
      const name = fields.name ?? fields.metadata?.name;
      const namespace = fields.namespace ?? fields.metadata?.namespace;
      const kind = plugin.id.kind === 'SecretGenerator' ? 'Secret' : 'ConfigMap';
      const generator = { ...fields, ...(name && { name }), ...(namespace && { namespace }) };
      return () => [generate(kind, loader, generator, undefined, scopes)];
    }
    case 'IAMPolicyGenerator': {
      const policy = embedded(policyShape)(root, '', asPlugin);
      return () => [serviceAccount(policy, scopes)];
    }
    case 'HelmChartInflationGenerator':
      return failAt(
        root.place,
        'HelmChartInflationGenerator needs Helm, which is not run here: commit what "helm template" prints',
      );
    default:
      return failAt(root.place, `Unable to load builtin ${idText(plugin.id)}: not a generator`);
  }
}

/** The transformer that a configuration under `transformers` or `validators` describes. */
export function loadTransformer(plugin: BuildObject, loader: Loader, openApi: OpenApi): Transformer {
  requireBuiltIn(plugin);
  const load = TRANSFORMERS[plugin.id.kind];
  if (load === undefined) {
    return failAt(plugin.root.place, `Unable to load builtin ${idText(plugin.id)}: not a transformer`);
  }
  return load(plugin.root, loader, openApi);
}

function requireBuiltIn({ id, root }: BuildObject): void {
  if (id.group === '' && id.version === 'builtin') {
    // What Kustomize cannot print it cannot hand to a plugin either.
    renderedValueOf(root);
    return;
  }
  failAt(
    root.place,
    `"${id.kind}" is an external plugin, which is not run here: only built-in kinds (apiVersion: builtin) are`,
  );
}

type Load = (root: MappingNode, loader: Loader, openApi: OpenApi) => Transformer;

function decoded<T>(
  decode: Decoder<T>,
  make: (fields: T, loader: Loader, openApi: OpenApi) => Transformer,
  strictness = asPlugin,
): Load {
  return (root, loader, openApi) => make(decode(root, '', strictness), loader, openApi);
}

const loose = <S extends Record<string, Decoder<unknown>>>(fields: S): Decoder<Fields<S>> => shape(fields);
const fieldSpecs = list(fieldSpecShape);
const affixFieldSpecs = list(affixFieldSpecShape);
const metadata = loose({ name: text, namespace: text });
const namedShape = loose({ metadata });
const generatorShape = embedded(
  loose({
    ...generatorFields,
    options: loose({ labels: textMap, annotations: textMap, disableNameSuffixHash: flag, immutable: flag }),
    type: text,
  }),
);

const affix = (side: 'prefix' | 'suffix') =>
  decoded(
    loose({ [side]: text, fieldSpecs: affixFieldSpecs } as {
      prefix: typeof text;
      suffix: typeof text;
      fieldSpecs: typeof fieldSpecs;
    }),
    (fields) => {
      if (fields.fieldSpecs === undefined)
        return failAt(
          fields.node.place,
          'Field "fieldSpecs" is absent: fieldSpecs is not expected to be nil',
        );
      const written = fields[side];
      return written === undefined
        ? (objects) => objects
        : nameAffixTransformer(side, written, fields.fieldSpecs, fields.node.place);
    },
    asAffix,
  );

const SUBJECT_MODES: readonly string[] = [
  'defaultOnly',
  'allServiceAccounts',
  'none',
] satisfies SubjectMode[];

const isSubjectMode = (mode: string): mode is SubjectMode => SUBJECT_MODES.includes(mode);

const TRANSFORMERS: Readonly<Record<string, Load>> = {
  AnnotationsTransformer: decoded(loose({ annotations: textMap, fieldSpecs }), (fields) =>
    entriesTransformer(fields.annotations ?? [], fields.fieldSpecs ?? [], fields.node.place),
  ),
  HashTransformer: () => hashTransformer,
  ImageTagTransformer: decoded(
    loose({ imageTag: loose(imageFields), fieldSpecs }),
    ({ imageTag, fieldSpecs: specs, node }) => imagesTransformer({ ...imageTag, node }, specs ?? []),
  ),
  LabelTransformer: decoded(loose({ labels: textMap, fieldSpecs }), (fields) =>
    entriesTransformer(fields.labels ?? [], fields.fieldSpecs ?? [], fields.node.place),
  ),
  NamespaceTransformer: decoded(
    loose({ metadata, fieldSpecs, unsetOnly: flag, setRoleBindingSubjects: text }),
    ({ metadata: meta, fieldSpecs: specs, unsetOnly, setRoleBindingSubjects, node }) => {
      const mode = setRoleBindingSubjects?.text || 'defaultOnly';
      if (!isSubjectMode(mode)) {
        return failAt(
          setRoleBindingSubjects?.place,
          `Invalid value "${mode}" for setRoleBindingSubjects, expected one of ${SUBJECT_MODES.join(', ')}`,
        );
      }
      if (meta?.namespace === undefined) return (objects) => objects;
      const options = {
        namespace: meta.namespace,
        fieldSpecs: specs ?? [],
        unsetOnly: unsetOnly ?? false,
        subjects: mode,
        entry: node.place,
      };
      return namespaceTransformer(options);
    },
  ),
  PatchJson6902Transformer: decoded(
    loose({ target: selectorShape, path: text, jsonOp: text }),
    ({ target, path, jsonOp, node }, loader) => json6902Transformer(target, path, jsonOp, node.place, loader),
  ),
  PatchStrategicMergeTransformer: decoded(
    loose({ paths: texts, patches: text }),
    ({ paths, patches, node }, loader, openApi) => {
      const inline = patches?.text ? patches : undefined;
      const entries = paths ?? [];
      if (entries.length === 0 && inline === undefined)
        return failAt(node.place, 'Empty file path and empty patch content');
      return strategicMergeTransformer(entries, inline, loader, openApi);
    },
  ),
  PatchTransformer: decoded(
    loose({
      ...patchFields,
      target: selectorShape,
      options: loose({ allowNameChange: flag, allowKindChange: flag }),
    }),
    (entry, from, api) => patchTransformer(entry, from, api).transform,
  ),
  PrefixTransformer: affix('prefix'),
  SuffixTransformer: affix('suffix'),
  PrefixSuffixTransformer: (root, loader, openApi) => {
    const steps = [affix('prefix'), affix('suffix')].map((load) => load(root, loader, openApi));
    return (objects) => steps.reduce((result, step) => step(result), objects);
  },
  ReplacementTransformer: decoded(
    loose({ replacements: list(embedded(loose({ ...replacementFields, path: text }))) }),
    ({ replacements }, loader) => replacementTransformer(replacements ?? [], loader),
  ),
  ReplicaCountTransformer: decoded(
    loose({ replica: loose(replicaFields), fieldSpecs }),
    ({ replica, fieldSpecs: specs, node }) => {
      const { place } = node;
      const zero = { kind: 'scalar', text: '0', style: 'plain', tag: '!!int', place, others: [] } as const;
      return replicasTransformer(replica?.name?.text ?? '', replica?.count ?? zero, specs ?? [], place);
    },
  ),
  ValueAddTransformer: decoded(
    loose({ value: text, targets: list(valueTargetShape), targetFilePath: text }),
    valueAddTransformer,
  ),
};
