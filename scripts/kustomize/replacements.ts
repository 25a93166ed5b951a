/** Replacements: a value of one object, copied to fields of others. */
import {
  type MappingNode,
  type Place,
  placedAt,
  type ScalarNode,
  withContent,
  withOthers,
  type YamlNode,
} from '../yaml/node.ts';
import { failAt } from './failure.ts';
import { FieldPathFault, lookUp, splitFieldPath, textOf } from './field-path.ts';
import { type FieldUpdate, updateFields } from './field-path-update.ts';
import type { ObjectId } from './id.ts';
import { markedBy } from './marked.ts';
import { allIds, type BuildObject, type NoteTarget, withRoot } from './object.ts';
import { withText } from './scalar-tag.ts';
import { compileSelector, type Selector, type SelectorFields } from './selector.ts';
import { updateInText } from './structured-text.ts';

/** The fields of a replacement, each where it is written. */
export interface ReplacementFields {
  readonly node: MappingNode;
  readonly source?: SourceFields | undefined;
  readonly sourceValue?: ScalarNode | undefined;
  readonly targets?: readonly TargetFields[] | undefined;
}

interface SourceFields {
  readonly node: MappingNode;
  readonly group?: ScalarNode | undefined;
  readonly version?: ScalarNode | undefined;
  readonly kind?: ScalarNode | undefined;
  readonly name?: ScalarNode | undefined;
  readonly namespace?: ScalarNode | undefined;
  readonly fieldPath?: ScalarNode | undefined;
  readonly options?: OptionFields | undefined;
}

interface OptionFields {
  readonly delimiter?: ScalarNode | undefined;
  readonly index?: ScalarNode | undefined;
  readonly create?: boolean | undefined;
}

interface TargetFields {
  readonly node: MappingNode;
  readonly select?: SelectorFields | undefined;
  readonly reject?: readonly SelectorFields[] | undefined;
  readonly fieldPaths?: readonly ScalarNode[] | undefined;
  readonly options?: OptionFields | undefined;
}

/** The objects after one replacement. Every object that no target selects stays the same. */
export function applyReplacement(
  objects: readonly BuildObject[],
  replacement: ReplacementFields,
  note: NoteTarget | undefined,
): readonly BuildObject[] {
  const { node, source, sourceValue, targets } = replacement;
  if ((source === undefined && sourceValue === undefined) || targets === undefined) {
    return failAt(
      node.place,
      'Replacement has no source or no target, replacements must specify a source and at least one target',
    );
  }
  if (source !== undefined && sourceValue !== undefined) {
    return failAt(
      sourceValue.place,
      'Replacement has both "source" and "sourceValue", value and resource selectors are mutually exclusive',
    );
  }
  const value = source === undefined ? untyped(sourceValue!) : sourceOf(objects, source);
  let result = objects;
  for (const target of targets) result = applyTarget(result, value, target, node.place, note);
  return result;
}

/** A static value has no type of its own: it takes that of the field. */
function untyped(node: ScalarNode): ScalarNode {
  return withText(withContent(node, node.text, '', 'plain'), node.text);
}

function sourceOf(objects: readonly BuildObject[], source: SourceFields): YamlNode {
  const object = selectSource(objects, source);
  const written = source.fieldPath?.text || 'metadata.name';
  const place = source.fieldPath?.place ?? source.node.place;
  const found = following(place, `Field path "${written}" of the source`, () =>
    lookUp(object.root, splitFieldPath(written)),
  );
  const node = found?.node;
  if (node === undefined || isEmpty(node)) {
    return failAt(place, `Field path "${written}" is missing for replacement source ${describe(source)}`);
  }
  return refined(node, source.options, place);
}

function selectSource(objects: readonly BuildObject[], source: SourceFields): BuildObject {
  const matches = objects.filter((object) => allIds(object).some((id) => isNamedBy(id, source)));
  if (matches.length > 1)
    failAt(source.node.place, `Multiple matches for selector ${describe(source)}, expected one`);
  return matches[0] ?? failAt(source.node.place, `Nothing selected by ${describe(source)}`);
}

function isNamedBy(id: ObjectId, { group, version, kind, name, namespace }: SourceFields): boolean {
  const equals = (wanted: ScalarNode | undefined, is: string) => !wanted?.text || wanted.text === is;
  return (
    equals(name, id.name) &&
    equals(kind, id.kind) &&
    equals(group, id.group) &&
    equals(version, id.version) &&
    (!namespace?.text || namespace.text === (id.namespace || 'default'))
  );
}

function describe({ kind, name, namespace }: SourceFields): string {
  const text = (node: ScalarNode | undefined, none: string) => node?.text || none;
  return `"${text(kind, '[noKind]')}/${text(name, '[noName]')}.${text(namespace, '[noNs]')}"`;
}

function isEmpty(node: YamlNode): boolean {
  if (node.kind === 'mapping') return node.pairs.length === 0;
  return node.kind === 'sequence' ? node.items.length === 0 : node.tag === '!!null';
}

/** One part of the value, where the source says how to split it. */
function refined(node: YamlNode, options: OptionFields | undefined, place: Place): YamlNode {
  const delimiter = options?.delimiter?.text;
  if (!delimiter) return node;
  if (node.kind !== 'scalar')
    return failAt(
      options?.delimiter?.place,
      'Option "delimiter" is set for a value that is no scalar: delimiter option can only be used with scalar nodes',
    );
  const parts = node.text.split(delimiter);
  const index = Number(options?.index?.text ?? 0);
  const part = parts[index];
  if (part === undefined)
    return failAt(
      options?.index?.place ?? place,
      `Option "index" ${index} is out of bounds for value "${node.text}"`,
    );
  return withContent(node, part);
}

function applyTarget(
  objects: readonly BuildObject[],
  value: YamlNode,
  target: TargetFields,
  entry: Place,
  note: NoteTarget | undefined,
): readonly BuildObject[] {
  if (target.select === undefined)
    return failAt(target.node.place, 'Target has no "select", target must specify resources to select');
  const select = compileSelector(target.select);
  const rejects = (target.reject ?? []).map((fields) => ({ fields, selector: compileSelector(fields) }));
  let selected = false;
  const result = objects.map((object) => {
    if (!select.matchesMarks(object)) return object;
    if (rejects.some(({ fields, selector }) => hasMarks(fields) && selector.matchesMarks(object)))
      return object;
    const ids = allIds(object);
    if (rejects.some(({ fields, selector }) => hasId(fields) && ids.some((id) => selects(selector, id))))
      return object;
    if (!ids.some((id) => selects(select, id))) return object;
    selected = true;
    return withRoot(object, copyInto(object.root, value, target, entry));
  });
  note?.(target.node.place, selected ? undefined : blamed(objects, target.select, target.node.place));
  return result;
}

const BLAMABLE = ['name', 'namespace', 'kind', 'version', 'group'] as const;

/** The field without which something would be selected. */
export function blamed(objects: readonly BuildObject[], fields: SelectorFields, otherwise: Place): Place {
  for (const field of BLAMABLE) {
    const place = fields[field]?.place;
    if (place === undefined) continue;
    const without = compileSelector({ ...fields, [field]: undefined });
    if (objects.some((object) => allIds(object).some((id) => selects(without, id)))) return place;
  }
  return otherwise;
}

function selects(selector: Selector, id: ObjectId): boolean {
  return selector.matchesKind(id) && selector.matchesName(id.name) && selector.matchesNamespace(id.namespace);
}

function hasMarks({ annotationSelector, labelSelector }: SelectorFields): boolean {
  return Boolean(annotationSelector?.text || labelSelector?.text);
}

function hasId({ group, version, kind, name, namespace }: SelectorFields): boolean {
  return Boolean(group?.text || version?.text || kind?.text || name?.text || namespace?.text);
}

function copyInto(start: MappingNode, value: YamlNode, target: TargetFields, entry: Place): MappingNode {
  const { fieldPaths = [], options } = target;
  const paths = fieldPaths.length === 0 ? [undefined] : fieldPaths;
  let root = start;
  for (const path of paths) {
    const written = path?.text ?? 'metadata.name';
    const place = path?.place ?? target.node.place;
    const create = options?.create === true ? value.kind : undefined;
    const what = `Field "${written}" in replacement target`;
    const result = following(
      place,
      create === undefined ? `Unable to find ${what}` : `Unable to find or create ${what}`,
      () => copyToPath(root, value, splitFieldPath(written), create, options, entry),
    );
    if (result?.kind !== 'mapping') {
      return failAt(
        place,
        `Unable to find${create === undefined ? '' : ' or create'} field "${written}" in replacement target`,
      );
    }
    root = result;
  }
  return root;
}

function copyToPath(
  root: MappingNode,
  value: YamlNode,
  path: readonly string[],
  create: YamlNode['kind'] | undefined,
  options: OptionFields | undefined,
  entry: Place,
): YamlNode | undefined {
  const inText: FieldUpdate = { create, place: entry, set: (node) => copied(node, value, entry) };
  const changed = updateInText(root, path, inText, (text, content) => {
    return withOthers(withText(text, content), [...text.others, value.place, entry]);
  });
  if (changed !== undefined) return changed;
  const update: FieldUpdate = {
    create,
    place: entry,
    set: (node) => copied(node, delimited(node, value, options), entry),
  };
  const { node, count } = updateFields(root, path, update);
  return count === 0 ? undefined : node;
}

/** The value between the other parts of a field that is split by a delimiter. */
function delimited(node: YamlNode, value: YamlNode, options: OptionFields | undefined): YamlNode {
  const delimiter = options?.delimiter?.text;
  if (!delimiter) return value;
  if (node.kind !== 'scalar') throw new FieldPathFault('delimiter option can only be used with scalar nodes');
  const parts = node.text.split(delimiter);
  const index = Number(options?.index?.text ?? 0);
  if (index < 0) parts.unshift(textOf(value));
  else if (index >= parts.length) parts.push(textOf(value));
  else parts[index] = textOf(value);
  if (value.kind !== 'scalar') return value;
  const text = parts.join(delimiter);
  if (parts.length === 1) return withContent(value, text);
  // Most of the text is still the field's own: that is where a person looks first.
  return placedAt(withContent(value, text), node.place, [value.place, ...value.others]);
}

/** A scalar keeps its type and takes the text, whether or not that fits: in an annotation it may. */
function copied(node: YamlNode, value: YamlNode, entry: Place): YamlNode {
  const own = node.place === entry || node.place === value.place ? [] : [node.place];
  const others = [...value.others, ...own, ...(node.place === entry ? [] : node.others), entry];
  if (node.kind !== 'scalar') return withOthers(markedBy(value, entry), others);
  return { ...withText(node, textOf(value)), place: value.place, others };
}

function following<T>(place: Place, what: string, follow: () => T): T {
  try {
    return follow();
  } catch (fault) {
    if (fault instanceof FieldPathFault) return failAt(place, `${what}: ${fault.message}`, fault);
    throw fault;
  }
}
