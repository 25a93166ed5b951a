import {
  fieldOf,
  NO_PLACES,
  type Place,
  type ScalarNode,
  stringNode,
  withField,
  type YamlNode,
} from '../yaml/node.ts';
import { isNull } from './decode.ts';
import { editScalars, overwrite } from './edit.ts';
import { failAt } from './failure.ts';
import { applyFieldSpec, type FieldSpec, mapItems } from './field-spec.ts';
import { idText, type ObjectId } from './id.ts';
import { type BuildObject, rememberId, type Transformer, withRoot } from './object.ts';

/** Which subjects of a role binding move with the namespace. */
export type SubjectMode = 'defaultOnly' | 'allServiceAccounts' | 'none';

export interface NamespaceOptions {
  readonly namespace: ScalarNode;
  readonly fieldSpecs: readonly FieldSpec[];
  /** Only where no namespace is set yet. */
  readonly unsetOnly: boolean;
  readonly subjects: SubjectMode;
  /** The configuration that says which fields hold namespaces, where it is the user's own. */
  readonly entry?: Place;
}

const METADATA_NAMESPACE: readonly FieldSpec[] = [
  { group: '', version: '', kind: '', path: 'metadata/namespace', create: true },
];
const SUBJECTS: FieldSpec = { group: '', version: '', kind: '', path: 'subjects', create: false };

/** Moves every object that is not certainly cluster-scoped into a namespace. */
export function namespaceTransformer(options: NamespaceOptions): Transformer {
  if (options.namespace.text === '') return (objects) => objects;
  return (objects) => {
    const moved = objects.slice();
    const count = new Map<string, number>();
    const add = (key: string, by: number) => count.set(key, (count.get(key) ?? 0) + by);
    for (const { id } of objects) add(id.key, 1);
    objects.forEach((object, index) => {
      const result = moveInto(rememberId(object), options);
      moved[index] = result;
      if (result.id !== object.id) {
        add(object.id.key, -1);
        add(result.id.key, 1);
      }
      if (count.get(result.id.key) !== 1) {
        failAt(
          options.namespace.place,
          `Namespace transformation produces ID conflict: two objects become ${idText(result.id)}`,
        );
      }
    });
    return moved;
  };
}

/** Sets the namespace of one object, and in the fields of it that hold the same. */
export function moveInto(object: BuildObject, options: NamespaceOptions): BuildObject {
  const { namespace, fieldSpecs, unsetOnly, subjects } = options;
  const { place } = namespace;
  const next = {
    text: namespace.text,
    tag: '!!str',
    place,
    others: options.entry === undefined ? NO_PLACES : [options.entry],
  };
  const set = (old: ScalarNode) =>
    unsetOnly && old.text !== '' && !isNull(old) ? old : overwrite(old, next);
  const isBinding = bindingKinds.has(object.id.kind);
  let current = object;
  if (!object.id.clusterScoped) current = editScalars(current, METADATA_NAMESPACE, set, 'scalar', place);
  if (isBinding && subjects !== 'none') {
    const change = (node: YamlNode) =>
      mapItems(node, (subject) => moveSubject(subject, subjects, set, place));
    current = withRoot(
      current,
      applyFieldSpec(current, current.root, SUBJECTS, wholeList(change), 'nothing', place),
    );
  }
  return editScalars(current, otherFields(fieldSpecs, object.id), set, 'scalar', place);
}

const fieldsBeside = new WeakMap<readonly FieldSpec[], Map<string, readonly FieldSpec[]>>();

/** The fields beside `metadata.namespace` and the subjects of bindings that hold an object's namespace. */
function otherFields(specs: readonly FieldSpec[], { group, version, kind }: ObjectId): readonly FieldSpec[] {
  const isCore = group === '' && version === 'v1';
  const isBinding = bindingKinds.has(kind);
  const key = `${isCore} ${isBinding}`;
  const known = fieldsBeside.get(specs) ?? new Map<string, readonly FieldSpec[]>();
  let found = known.get(key);
  if (found === undefined) {
    found = specs.filter(
      (spec) =>
        spec.path !== 'metadata/namespace' &&
        (isCore || spec.path !== 'metadata/name') &&
        !(isBinding && bindingKinds.has(spec.kind) && spec.path === 'subjects/namespace'),
    );
    fieldsBeside.set(specs, known.set(key, found));
  }
  return found;
}

const bindingKinds = new Set(['RoleBinding', 'ClusterRoleBinding']);

function wholeList(change: (node: YamlNode) => YamlNode): (node: YamlNode) => YamlNode {
  return (node) => {
    if (node.kind === 'sequence' || isNull(node)) return change(node);
    return failAt(node.place, 'Field "subjects" is not a list: wrong node kind, expected SequenceNode');
  };
}

function moveSubject(
  subject: YamlNode,
  mode: SubjectMode,
  set: (old: ScalarNode) => ScalarNode,
  place: Place,
): YamlNode {
  if (isNull(subject)) return subject;
  if (subject.kind !== 'mapping') return failAt(subject.place, 'A subject is not a mapping: wrong node kind');
  const [field, wanted] = mode === 'defaultOnly' ? ['name', 'default'] : ['kind', 'ServiceAccount'];
  const value = fieldOf(subject, field);
  if (value !== undefined && value.kind !== 'scalar')
    return failAt(value.place, `Field "${field}" of a subject is not a scalar: wrong node kind`);
  if (value?.text !== wanted) return subject;
  const old = fieldOf(subject, 'namespace') ?? stringNode('', place);
  if (old.kind !== 'scalar')
    return failAt(old.place, 'Namespace of a subject is not a scalar: wrong node kind');
  return withField(subject, 'namespace', set(old), stringNode('namespace', place));
}
