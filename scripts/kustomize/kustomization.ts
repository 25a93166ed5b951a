import type { Memoed } from '../core/memoised.ts';
import type { ScalarNode, YamlNode } from '../yaml/node.ts';
import {
  anything,
  asKustomization,
  type Decoder,
  embedded,
  type Fields,
  flag,
  integer,
  list,
  shape,
  text,
  textMap,
  texts,
} from './decode.ts';
import { failAt } from './failure.ts';
import { fieldSpecShape } from './field-spec.ts';
import type { File } from './files.ts';
import type { Loader } from './loader.ts';
import { selectorShape } from './selector-fields.ts';

const generatorOptions = shape({
  labels: textMap,
  annotations: textMap,
  disableNameSuffixHash: flag,
  immutable: flag,
});

/** The fields of a ConfigMap or Secret generator. */
export const generatorFields = {
  namespace: text,
  name: text,
  behavior: text,
  literals: texts,
  files: texts,
  envs: texts,
  env: text,
  options: generatorOptions,
};
const configMapGenerator = shape(generatorFields);
const secretGenerator = shape({ ...generatorFields, type: text });

export const patchFields = {
  path: text,
  patch: text,
  target: selectorShape,
  options: shape({ allowNameChange: flag, allowKindChange: flag }),
};

export const imageFields = {
  name: text,
  newName: text,
  tagSuffix: text,
  newTag: text,
  digest: text,
};
export const replicaFields = { name: text, count: integer };

const fieldOptions = shape({ delimiter: text, index: integer, encoding: text, create: flag });
const id = embedded(text);
const resourceId = { group: id, version: id, kind: id, name: id, namespace: id };
/** One entry of `replacements`, without `path`. */
export const replacementFields = {
  source: shape({ ...resourceId, fieldPath: text, options: fieldOptions }),
  targets: list(
    shape({
      select: selectorShape,
      reject: list(selectorShape),
      fieldPaths: texts,
      options: fieldOptions,
    }),
  ),
  sourceValue: text,
};

const kustomizationShape = shape({
  kind: text,
  apiVersion: text,
  metadata: shape({ name: text, namespace: text, labels: textMap, annotations: textMap }),
  openapi: textMap,
  namePrefix: text,
  nameSuffix: text,
  namespace: text,
  commonLabels: textMap,
  labels: list(
    shape({ pairs: textMap, includeSelectors: flag, includeTemplates: flag, fields: list(fieldSpecShape) }),
  ),
  commonAnnotations: textMap,
  patchesStrategicMerge: texts,
  patchesJson6902: list(shape(patchFields)),
  patches: list(shape(patchFields)),
  images: list(shape(imageFields)),
  imageTags: list(shape(imageFields)),
  replacements: list(shape({ ...replacementFields, path: text })),
  replicas: list(shape(replicaFields)),
  vars: list(
    shape({
      name: text,
      objref: shape({ ...resourceId, apiVersion: text }),
      fieldref: shape({ fieldPath: text }),
    }),
  ),
  sortOptions: shape({ order: text, legacySortOptions: shape({ orderFirst: texts, orderLast: texts }) }),
  resources: texts,
  components: texts,
  crds: texts,
  bases: texts,
  configMapGenerator: list(configMapGenerator),
  secretGenerator: list(secretGenerator),
  helmGlobals: anything,
  helmCharts: list(anything),
  helmChartInflationGenerator: list(anything),
  generatorOptions,
  configurations: texts,
  generators: texts,
  transformers: texts,
  validators: texts,
  buildMetadata: texts,
});

type Decoded<D> = D extends Decoder<infer T> ? T : never;
export type Kustomization = Decoded<typeof kustomizationShape> & Memoed;
export type GeneratorArguments = Decoded<typeof secretGenerator>;
export type GeneratorOptions = Decoded<typeof generatorOptions>;
export type PatchEntry = Fields<typeof patchFields>;
export type ReplacementEntry = Fields<typeof replacementFields>;
export type ImageEntry = Fields<typeof imageFields>;
export type ReplicaEntry = Fields<typeof replicaFields>;
export type LabelEntry = NonNullable<Kustomization['labels']>[number];
export type VarEntry = NonNullable<Kustomization['vars']>[number];

const FILE_NAMES = ['kustomization.yaml', 'kustomization.yml', 'Kustomization'];

/** The kustomization file of a folder, decoded and checked; `entry` is the place that led to it. */
export function loadKustomization(
  loader: Loader,
  entry?: ScalarNode,
): { readonly kustomization: Kustomization; readonly file: File; readonly warnings: readonly string[] } {
  const file = findFile(loader, entry);
  // A component is read once for all that use it.
  const known = file.memo.get(decode) as Kustomization | undefined;
  const kustomization = known ?? decode(loader, file);
  file.memo.set(decode, kustomization);
  checkSupported(kustomization);
  return { kustomization, file, warnings: deprecations(kustomization) };
}

function findFile(loader: Loader, entry: ScalarNode | undefined): File {
  const { files, root } = loader;
  const found: File[] = [];
  for (const name of FILE_NAMES) {
    const written = `${root}/${name}`;
    files.note([written]);
    if (!files.holds(root, name)) continue;
    const path = files.real(written);
    if (path === undefined || files.isDirectory(path)) continue;
    const strange = files.strange(path);
    if (strange !== undefined)
      failAt(entry?.place, `"${files.name(path)}" is ${strange}, expected a regular file`);
    const file = files.read(path);
    if (file !== undefined) found.push(file);
  }
  const [first, second] = found;
  if (second !== undefined)
    failAt(entry?.place, `Found multiple kustomization files in "${files.name(root)}", expected one`);
  if (first !== undefined) return first;
  const expected = FILE_NAMES.join(', ');
  return failAt(entry?.place, `No kustomization file in "${files.name(root)}", expected one of ${expected}`);
}

function decode(loader: Loader, file: File): Kustomization {
  const document = loader.files.configuration(file)[0];
  const problem = document?.problems[0];
  if (problem !== undefined) failAt(problem.place, `Invalid Kustomization: ${problem.message}`);
  const start = { source: file.source, start: 0, end: 0 };
  const root = document?.root;
  if (root === undefined || (root.kind === 'scalar' && root.tag === '!!null')) {
    return failAt(start, `${file.source.file} is empty`);
  }
  const kustomization = kustomizationShape(root, '', asKustomization);
  if (isEmpty(kustomization)) failAt(start, `${file.source.file} is empty`);
  checkType(kustomization);
  return { ...kustomization, memo: new Map() };
}

/** Fields that hold nothing (null, the empty string, emptied deprecated lists) count as absent. */
function isEmpty(kustomization: Omit<Kustomization, 'memo'>): boolean {
  for (const [name, value] of Object.entries(kustomization)) {
    if (name === 'node' || name === 'kind' || name === 'apiVersion') continue;
    const isNothing =
      MERGED.has(name) && Array.isArray(value)
        ? value.length === 0
        : isNode(value) && value.kind === 'scalar' && value.text === '';
    if (!isNothing) return false;
  }
  return true;
}

const MERGED: ReadonlySet<string> = new Set(['bases', 'imageTags', 'helmChartInflationGenerator']);

function isNode(value: unknown): value is YamlNode {
  return typeof value === 'object' && value !== null && 'kind' in value && 'place' in value;
}

export function isComponent(kustomization: Kustomization): boolean {
  return kustomization.kind?.text === 'Component';
}

function checkType({ kind, apiVersion, node }: Omit<Kustomization, 'memo'>): void {
  const kindName = kind?.text || 'Kustomization';
  if (kindName !== 'Kustomization' && kindName !== 'Component') {
    failAt(kind?.place ?? node.place, `Kind is "${kindName}", kind should be Kustomization or Component`);
  }
  const expected =
    kindName === 'Component' ? 'kustomize.config.k8s.io/v1alpha1' : 'kustomize.config.k8s.io/v1beta1';
  if (apiVersion !== undefined && apiVersion.text !== '' && apiVersion.text !== expected) {
    failAt(
      apiVersion.place,
      `Version is "${apiVersion.text}", apiVersion for ${kindName} should be ${expected}`,
    );
  }
}

function checkSupported({ helmCharts, helmChartInflationGenerator }: Kustomization): void {
  const chart = helmCharts?.[0] ?? helmChartInflationGenerator?.[0];
  if (chart === undefined) return;
  const field = helmCharts?.[0] === undefined ? 'helmChartInflationGenerator' : 'helmCharts';
  failAt(
    chart.place,
    `Field "${field}" needs Helm, which is not run here: let Argo CD install the chart, or commit what "helm template" prints`,
  );
}

const EDIT_FIX = "Run 'kustomize edit fix' to update your Kustomization automatically.";

const DEPRECATED = [
  { field: 'bases', better: 'resources', advice: EDIT_FIX },
  { field: 'commonLabels', better: 'labels', advice: EDIT_FIX },
  { field: 'imageTags', better: 'images', advice: EDIT_FIX },
  { field: 'patchesJson6902', better: 'patches', advice: EDIT_FIX },
  { field: 'patchesStrategicMerge', better: 'patches', advice: EDIT_FIX },
  { field: 'vars', better: 'replacements', advice: `[EXPERIMENTAL] ${EDIT_FIX}` },
] as const;

function deprecations(kustomization: Kustomization): string[] {
  return DEPRECATED.filter(({ field }) => kustomization[field] !== undefined).map(
    ({ field, better, advice }) =>
      `# Warning: '${field}' is deprecated. Please use '${better}' instead. ${advice}`,
  );
}
