import {
  fieldOf,
  findPair,
  type MappingNode,
  NO_PLACES,
  type Place,
  type ScalarNode,
  stringNode,
  type Tag,
  withField,
  withItems,
  withOthers,
  withPairs,
  type YamlNode,
} from '../yaml/node.ts';
import { implicitTag } from '../yaml/resolve.ts';
import { described, isNull } from './decode.ts';
import { failAt } from './failure.ts';
import { applyFieldSpec, type Created, chosenBy, type FieldSpec, specsOfKind } from './field-spec.ts';
import { type BuildObject, withRoot, withState } from './object.ts';

/** What a field is given: without a tag, a plain text is typed anew when it is printed. */
export interface NewScalar {
  readonly text: string;
  readonly tag: Tag | undefined;
  readonly place: Place;
  readonly others: readonly Place[];
}

/** Writes over a scalar as Kustomize does: the quotes of the old one stay. */
export function overwrite(old: ScalarNode, next: NewScalar): ScalarNode {
  const quoted = old.style !== 'plain';
  const tag = next.tag ?? (quoted ? '!!str' : implicitTag(next.text, 'go-yaml-v3'));
  if (old.text === next.text && old.tag === tag && old.place === next.place) return old;
  return { kind: 'scalar', text: next.text, style: old.style, tag, place: next.place, others: next.others };
}

/** A key as Kustomize adds it: untyped, so that `1` or `true` becomes what no output can hold. */
export function plainKey(text: string, place: Place, others: readonly Place[] = NO_PLACES): ScalarNode {
  return { kind: 'scalar', text, style: 'plain', tag: implicitTag(text, 'go-yaml-v3'), place, others };
}

/** A replacement for the scalar at a field, or the same node to leave it. */
export type ScalarEdit = (old: ScalarNode) => ScalarNode;

/**
 * Edits the scalars at some fields. A label or annotation that a transformer creates in several places of one object
 * is one node in Kustomize, and a later change of one of them changes them all: `state.shared` follows that.
 */
export function editScalars(
  object: BuildObject,
  specs: readonly FieldSpec[],
  edit: ScalarEdit,
  created: Created,
  place: Place,
): BuildObject {
  let current = object;
  let replaced: Map<YamlNode, YamlNode> | undefined;
  for (const spec of specsOfKind(specs, object.id.kind)) {
    const set = (node: YamlNode) => {
      if (node.kind !== 'scalar') return refuse(spec, node);
      const edited = edit(node);
      const next = edited === node ? node : chosenBy(edited, spec);
      if (next !== node && current.state.shared.has(node)) {
        replaced ??= new Map();
        replaced.set(node, next);
      }
      return next;
    };
    const root = applyFieldSpec(current, current.root, spec, set, created, place);
    current = withRoot(current, root);
    if (replaced === undefined) continue;
    current = followShared(current, replaced);
    replaced = undefined;
  }
  return current;
}

/** An entry of mappings at some fields, read once for all objects. */
export interface MappingEntry {
  readonly specs: readonly FieldSpec[];
  readonly key: ScalarNode;
  readonly value: NewScalar;
  readonly node: ScalarNode;
}

export function mappingEntry(specs: readonly FieldSpec[], key: ScalarNode, scalar: NewScalar): MappingEntry {
  const chosen = specs.flatMap(({ place }) => (place === undefined ? [] : [place]));
  const value = chosen.length === 0 ? scalar : { ...scalar, others: [...scalar.others, ...chosen] };
  const node = stringNode(value.text, value.place, value.others);
  return { specs, key: plainKey(key.text, key.place, key.others), value, node };
}

/** Sets an entry; what it creates is one node for all fields of an object. */
export function setEntry(object: BuildObject, { specs, key, value, node: fresh }: MappingEntry): BuildObject {
  let current = object;
  let replaced: Map<YamlNode, YamlNode> | undefined;
  let times = 0;
  for (const spec of specsOfKind(specs, object.id.kind)) {
    const set = (node: YamlNode) => {
      if (isNull(node)) return node;
      if (node.kind !== 'mapping') return refuse(spec, node);
      const old = findPair(node, key.text)?.value;
      if (old === undefined) {
        times++;
        const filled = withField(node, key.text, fresh, key);
        return node.pairs.length > 0
          ? filled
          : withOthers(filled, [...node.others, value.place, ...value.others]);
      }
      if (old === fresh) return node;
      const next = old.kind === 'scalar' ? overwrite(old, value) : fresh;
      if (current.state.shared.has(old)) {
        replaced ??= new Map();
        replaced.set(old, next);
      }
      return withField(node, key.text, next);
    };
    const root = applyFieldSpec(current, current.root, spec, set, 'mapping', value.place);
    current = withRoot(current, root);
    if (replaced === undefined) continue;
    current = followShared(current, replaced);
    replaced = undefined;
  }
  if (times > 1) current = withState(current, { shared: new Set([...current.state.shared, fresh]) });
  return current;
}

/** Writes what replaced a shared node to the other places of it. */
export function followShared(object: BuildObject, replaced: ReadonlyMap<YamlNode, YamlNode>): BuildObject {
  if (replaced.size === 0) return object;
  const root = substitute(object.root, replaced);
  const shared = new Set(object.state.shared);
  for (const [old, next] of replaced) {
    shared.delete(old);
    shared.add(next);
  }
  return withState(withRoot(object, root as MappingNode), { shared });
}

/** The same after a step that works on whole trees: what changed one place of a shared node changes the others. */
export function followChanges(old: BuildObject, next: BuildObject): BuildObject {
  const { shared } = old.state;
  if (shared.size === 0 || old.root === next.root) return next;
  const replaced = new Map<YamlNode, YamlNode>();
  const compare = (before: YamlNode, after: YamlNode | undefined) => {
    if (before === after || after === undefined) return;
    if (shared.has(before) && after.kind === 'scalar') replaced.set(before, after);
    if (before.kind !== 'mapping') return;
    for (const { key, value } of before.pairs)
      if (key.kind === 'scalar') compare(value, fieldOf(after, key.text));
  };
  compare(old.root, next.root);
  return followShared(next, replaced);
}

function substitute(node: YamlNode, replaced: ReadonlyMap<YamlNode, YamlNode>): YamlNode {
  const other = replaced.get(node);
  if (other !== undefined) return other;
  if (node.kind === 'mapping') {
    let changed = false;
    const pairs = node.pairs.map((pair) => {
      const value = substitute(pair.value, replaced);
      if (value === pair.value) return pair;
      changed = true;
      return { key: pair.key, value };
    });
    return changed ? withPairs(node, pairs) : node;
  }
  if (node.kind === 'sequence') {
    const items = node.items.map((item) => substitute(item, replaced));
    return items.every((item, index) => item === node.items[index]) ? node : withItems(node, items);
  }
  return node;
}

function refuse(spec: FieldSpec, node: YamlNode): never {
  return failAt(
    node.place,
    `Field "${spec.path}" is ${described(node)}: wrong node kind for what is written there`,
  );
}
