import { entryOf, newMap } from '../core/entry.ts';
import {
  findPair,
  type MappingNode,
  mappingNode,
  type Place,
  type ScalarNode,
  sequenceNode,
  stringNode,
  withField,
  withItems,
  withOthers,
  type YamlNode,
} from '../yaml/node.ts';
import { type Decoder, embedded, flag, isNull, shape, text } from './decode.ts';
import { failAt } from './failure.ts';
import { idText } from './id.ts';
import type { BuildObject } from './object.ts';
import { withAnnotationsMapping } from './patched-state.ts';

/** Kinds of objects; an empty part means any. */
export interface KindSelector {
  readonly group: string;
  readonly version: string;
  readonly kind: string;
}

/** A field of the objects of some kinds: where a transformer writes. */
export interface FieldSpec extends KindSelector {
  /** `/` separated, `\/` is a slash in a key; lists are walked into, `[]` after a name means "never create". */
  readonly path: string;
  readonly create: boolean;
  /** Where a person wrote it; the built-in ones have none. */
  readonly place?: Place;
}

function fieldSpecOf(kindPart: Decoder<ScalarNode>): Decoder<FieldSpec> {
  const decode = shape({ group: kindPart, version: kindPart, kind: kindPart, path: text, create: flag });
  return (node, name, strictness) => {
    const { group, version, kind, path, create } = decode(node, name, strictness);
    const { place } = node;
    return {
      group: group?.text ?? '',
      version: version?.text ?? '',
      kind: kind?.text ?? '',
      path: path?.text ?? '',
      create: create ?? false,
      place,
    };
  };
}

export const fieldSpecShape = fieldSpecOf(embedded(text));
/** As the configurations of prefixes and suffixes are read, by another decoder than the others. */
export const affixFieldSpecShape = fieldSpecOf(text);

/** The scalar with the spec that chose it among its places. */
export function chosenBy(node: ScalarNode, { place }: FieldSpec): ScalarNode {
  return place === undefined ? node : withOthers(node, [...node.others, place]);
}

/** Whether an id is one of these kinds. */
export function isSelected(id: KindSelector, selector: KindSelector): boolean {
  return (
    (selector.group === '' || selector.group === id.group) &&
    (selector.version === '' || selector.version === id.version) &&
    (selector.kind === '' || selector.kind === id.kind)
  );
}

const byKind = new WeakMap<readonly FieldSpec[], Map<string, readonly FieldSpec[]>>();

/** Those of the specs that may be about a kind, in their order; worked out once for a list and a kind. */
export function specsOfKind(specs: readonly FieldSpec[], kind: string): readonly FieldSpec[] {
  if (specs.length <= 2) return specs;
  return entryOf(entryOf(byKind, specs, newMap), kind, () =>
    specs.filter((spec) => spec.kind === '' || spec.kind === kind),
  );
}

/** Adds the specs that are not there yet; the same path with another `create` is an error. */
export function mergeFieldSpecs<T extends FieldSpec>(specs: readonly T[], more: readonly T[]): readonly T[] {
  if (more.length === 0 || more === specs) return specs;
  let result: T[] | undefined;
  for (const spec of more) {
    const known = (result ?? specs).find((x) => x.path === spec.path && isSelected(x, spec));
    if (known === undefined) {
      result ??= [...specs];
      result.push(spec);
    } else if (known.create !== spec.create) {
      throw new ConflictingFieldSpecs(spec);
    }
  }
  return result ?? specs;
}

/** Two specs of one field that differ in `create`; caught where the configuration's place is known. */
export class ConflictingFieldSpecs extends Error {
  constructor(readonly spec: FieldSpec) {
    super(`Conflicting fieldspecs for "${spec.path}": one creates the field, the other does not`);
  }
}

/** What is made where a spec with `create` finds nothing. */
export type Created = 'mapping' | 'scalar' | 'nothing';

const splitPaths = new Map<string, readonly string[]>();

/** `a/b\/c` → `a`, `b/c`; a leading slash is allowed. */
export function splitPath(path: string): readonly string[] {
  let steps = splitPaths.get(path);
  if (steps === undefined) {
    steps = splitAt(path, '/');
    splitPaths.set(path, steps);
  }
  return steps;
}

/** Splits at a delimiter that a backslash escapes. */
export function splitAt(path: string, delimiter: string): readonly string[] {
  const parts = path.split(delimiter);
  if (parts.length > 1 && parts[0] === '') parts.shift();
  const steps = [parts[0]!];
  for (const part of parts.slice(1)) {
    const last = steps.at(-1)!;
    if (last.endsWith('\\')) steps[steps.length - 1] = last.slice(0, -1) + delimiter + part;
    else steps.push(part);
  }
  return steps;
}

/** One step of a path, read once for all objects. */
interface Step {
  readonly field: string;
  /** `field[]`: never created, and a list. */
  readonly onlyList: boolean;
  /** kyaml takes these for elements of lists. */
  readonly isElement: boolean;
  /** Nothing but white space: it stays where it is. */
  readonly isBlank: boolean;
}

const stepsOfPaths = new Map<string, readonly Step[]>();

function stepsOf(path: string): readonly Step[] {
  let steps = stepsOfPaths.get(path);
  if (steps === undefined) {
    steps = splitPath(path).map((text) => {
      const onlyList = text.endsWith('[]');
      const written = onlyList ? text.slice(0, -2) : text;
      const field = written.trim();
      const isElement = /^(?:[+-]?[0-9]+|[-*]|\[.*\])$/.test(field);
      return { field, onlyList, isElement, isBlank: field === '' && written !== '' };
    });
    stepsOfPaths.set(path, steps);
  }
  return steps;
}

/** One spec on its way through one object. */
interface Walk {
  readonly object: BuildObject;
  readonly spec: FieldSpec;
  readonly steps: readonly Step[];
  readonly set: (node: YamlNode) => YamlNode;
  readonly created: Created;
  readonly place: Place;
}

/**
 * Gives every value at the spec's path to `set`, and returns the root with what it gave back: the same root where
 * nothing changes or the spec is about other kinds.
 *
 * @param place of the entry that makes the change, for what is created
 */
export function applyFieldSpec(
  object: BuildObject,
  root: MappingNode,
  spec: FieldSpec,
  set: (node: YamlNode) => YamlNode,
  created: Created,
  place: Place,
): MappingNode {
  if (!isSelected(object.id, spec)) return root;
  const start = spec.path.startsWith('metadata/annotations')
    ? withAnnotationsMapping({ root, state: object.state }, place)
    : root;
  const result = visit({ object, spec, steps: stepsOf(spec.path), set, created, place }, start, 0);
  return result.kind === 'mapping' && result !== start ? result : root;
}

function visit(walk: Walk, node: YamlNode, at: number): YamlNode {
  if (at === walk.steps.length) return walk.set(node);
  if (node.kind === 'mapping') return visitField(walk, node, at);
  if (node.kind === 'sequence') return mapItems(node, (item) => visit(walk, item, at));
  if (isNull(node)) return node;
  return failAt(
    node.place,
    `Field "${walk.spec.path}" of ${idText(walk.object.id)} leads through a scalar, expected sequence or mapping node`,
  );
}

function visitField(walk: Walk, map: MappingNode, at: number): YamlNode {
  const { spec, place, created, steps } = walk;
  const { field, onlyList, isElement, isBlank } = steps[at]!;
  if (isBlank) return visit(walk, map, at + 1);
  if (field === '') failAt(place, `Path "${spec.path}" has an empty field name: cannot set or create it`);
  if (isElement) {
    failAt(
      map.place,
      `Step "${field}" of path "${spec.path}" is one of a list, but the node is a mapping: wrong node kind`,
    );
  }
  const creates = spec.create && created !== 'nothing' && !onlyList;
  const kind = onlyList ? 'sequence' : !creates ? undefined : at === steps.length - 1 ? created : 'mapping';
  const pair = findPair(map, field);
  if (pair === undefined) {
    if (!creates || kind === undefined) return map;
    return withField(map, field, visit(walk, emptyNode(kind, place), at + 1), stringNode(field, place));
  }
  const value = kind !== undefined && isNull(pair.value) ? emptyNode(kind, pair.value.place) : pair.value;
  const next = visit(walk, value, at + 1);
  return next === pair.value ? map : withField(map, field, next);
}

function emptyNode(kind: 'mapping' | 'sequence' | Created, place: Place): YamlNode {
  if (kind === 'mapping') return mappingNode([], place);
  if (kind === 'sequence') return sequenceNode([], place);
  return stringNode('', place);
}

export function mapItems(node: YamlNode, change: (item: YamlNode) => YamlNode): YamlNode {
  if (node.kind !== 'sequence') return node;
  let items: YamlNode[] | undefined;
  for (let index = 0; index < node.items.length; index++) {
    const item = node.items[index]!;
    const changed = change(item);
    if (changed === item) continue;
    items ??= node.items.slice();
    items[index] = changed;
  }
  return items === undefined ? node : withItems(node, items);
}
