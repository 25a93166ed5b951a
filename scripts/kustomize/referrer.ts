import {
  fieldOf,
  findPair,
  type Place,
  type ScalarNode,
  stringNode,
  withField,
  withOthers,
  type YamlNode,
} from '../yaml/node.ts';
import { described, isNull } from './decode.ts';
import { followShared, overwrite } from './edit.ts';
import { failAt } from './failure.ts';
import {
  applyFieldSpec,
  chosenBy,
  type FieldSpec,
  isSelected,
  type KindSelector,
  mapItems,
} from './field-spec.ts';
import { effectiveNamespace, idText } from './id.ts';
import { type BuildObject, originalId, placesOfName, withRoot } from './object.ts';
import type { Reference } from './reference-fields.ts';

/** One object that may refer to others. */
export class Referrer {
  private current: BuildObject;
  /** The objects between which the last reference could not decide. */
  private rivals: readonly BuildObject[] = [];
  private readonly isClusterScoped: boolean;
  private readonly namespace: string;
  private readonly bindingNamespaces: ReadonlySet<string>;

  constructor(
    private readonly object: BuildObject,
    private readonly objects: readonly BuildObject[],
    private readonly byName: ReadonlyMap<string, readonly BuildObject[]>,
    /** `placesOfNames`, found once for all that refer to an object. */
    private readonly placesOf: (object: BuildObject) => readonly Place[],
  ) {
    this.current = object;
    this.isClusterScoped = object.id.clusterScoped;
    this.namespace = effectiveNamespace(object.id);
    this.bindingNamespaces = subjectNamespaces(object);
  }

  fix(references: readonly Reference[]): BuildObject {
    for (const { target, field } of references) {
      const { root } = this.current;
      const replaced = new Map<YamlNode, YamlNode>();
      const set = (node: YamlNode) => this.set(node, target, field, replaced);
      const next = applyFieldSpec(this.current, root, field, set, 'nothing', this.object.root.place);
      if (next !== root) this.current = followShared(withRoot(this.current, next), replaced);
    }
    return this.current;
  }

  private set(
    node: YamlNode,
    target: KindSelector,
    field: FieldSpec,
    replaced: Map<YamlNode, YamlNode>,
  ): YamlNode {
    if (isNull(node)) return node;
    if (node.kind === 'scalar') {
      const next = this.setScalar(node, target, field);
      if (next !== node && this.current.state.shared.has(node)) replaced.set(node, next);
      return next;
    }
    if (node.kind === 'mapping') return this.setMapping(node, target, field);
    return mapItems(node, (item) => {
      if (item.kind === 'sequence') {
        return failAt(
          item.place,
          `An item of field "${field.path}" is expected to be either a string or a map of string`,
        );
      }
      return this.set(item, target, field, replaced);
    });
  }

  private setScalar(node: ScalarNode, target: KindSelector, field: FieldSpec): ScalarNode {
    const referral = this.referralOf(node.text, false, undefined, target, field, node.place);
    if (referral === undefined) return this.undecided(node);
    if (referral.id.name === node.text) return node;
    return chosenBy(this.named(node, referral), field);
  }

  /** A reference that several objects had the name for stays, and names them: one fewer would decide it. */
  private undecided(old: ScalarNode): ScalarNode {
    if (this.rivals.length < 2) return old;
    const places = this.rivals.flatMap(this.placesOf);
    return withOthers(old, [...new Set<Place>([...old.others, ...places])]);
  }

  private named(old: ScalarNode, referral: BuildObject): ScalarNode {
    const places = this.placesOf(referral);
    const others = old.others.length === 0 ? places : [...new Set<Place>([...old.others, ...places])];
    return overwrite(old, { text: referral.id.name, tag: undefined, place: old.place, others });
  }

  private setMapping(node: YamlNode, target: KindSelector, field: FieldSpec): YamlNode {
    if (node.kind !== 'mapping') return node;
    const name = findPair(node, 'name')?.value;
    if (name === undefined)
      return failAt(node.place, `Path config error: no 'name' field in node "${field.path}"`);
    const oldName = name.kind === 'scalar' ? name : stringNode('', name.place);
    const namespace = findPair(node, 'namespace')?.value;
    const wanted = namespace === undefined ? undefined : namespace.kind === 'scalar' ? namespace.text : '';
    const referral = this.referralOf(oldName.text, true, wanted, target, field, node.place);
    if (referral === undefined) {
      const undecided = this.undecided(oldName);
      return undecided === oldName ? node : withField(node, 'name', undecided);
    }
    if (referral.id.name === oldName.text && referral.id.namespace === '') return node;
    const renamed =
      referral.id.name === oldName.text
        ? node
        : withField(node, 'name', chosenBy(this.named(oldName, referral), field));
    if (referral.id.namespace === '') return renamed;
    const moved = fieldOf(fieldOf(referral.root, 'metadata'), 'namespace');
    const place = moved?.place ?? referral.root.place;
    const others = [...new Set<Place>([...(moved?.others ?? []), ...this.placesOf(referral)])];
    const next = { text: referral.id.namespace, tag: undefined, place, others };
    if (
      namespace?.kind === 'scalar' &&
      namespace.text === referral.id.namespace &&
      namespace.tag === '!!str'
    ) {
      return renamed;
    }
    const value = overwrite(namespace?.kind === 'scalar' ? namespace : stringNode('', place), next);
    return withField(renamed, 'namespace', value, stringNode('namespace', place));
  }

  /** The object that an old name refers to; `namespace` is set where the reference is a mapping that holds one. */
  private referralOf(
    oldName: string,
    withNamespace: boolean,
    namespace: string | undefined,
    target: KindSelector,
    field: FieldSpec,
    place: Place,
  ): BuildObject | undefined {
    this.rivals = [];
    const everyNamed = this.byName.get(oldName);
    if (everyNamed === undefined) return undefined;
    const named = everyNamed.filter((candidate) => this.isInReach(candidate));
    if (named.length === 0) return undefined;
    let candidates = inNamespace(named, namespace, () => this.hasOriginal(namespace));
    candidates = candidates.filter((candidate) => hadKind(candidate, target));
    candidates = candidates.filter(roleFilter(this.current, field));
    candidates = candidates.filter((candidate) => this.isSameNamespace(candidate));
    if (candidates.length === 1) return candidates[0];
    const rivals = candidates;
    candidates = candidates.filter((candidate) => hasSameAffixes(candidate, this.object, true));
    if (candidates.length > 1) {
      candidates = candidates.filter((candidate) => hasSameAffixes(candidate, this.object, false));
    }
    const [first] = candidates;
    if (first === undefined) this.rivals = rivals;
    if (first === undefined || candidates.length === 1) return first;
    const isAlike = candidates.every(
      ({ id }) => id.name === first.id.name && (!withNamespace || id.namespace === first.id.namespace),
    );
    if (isAlike) return first;
    const ids = candidates.map(({ id }) => idText(id)).join(', ');
    return failAt(
      place,
      `Found multiple possible referrals for name "${oldName}" in ${idText(this.object.id)}: ${ids}`,
    );
  }

  /** Objects in other namespaces are out of reach, but for cluster-scoped ones and the subjects of role bindings. */
  private isInReach(candidate: BuildObject): boolean {
    return (
      this.isClusterScoped ||
      candidate.id.clusterScoped ||
      effectiveNamespace(candidate.id) === this.namespace ||
      this.bindingNamespaces.has(candidate.id.namespace)
    );
  }

  private isSameNamespace(candidate: BuildObject): boolean {
    return (
      this.isClusterScoped ||
      candidate.id.clusterScoped ||
      candidate.id.kind === 'ServiceAccount' ||
      effectiveNamespace(candidate.id) === this.namespace
    );
  }

  /** Whether any object in reach came from that namespace: then only those count. */
  private hasOriginal(namespace: string | undefined): boolean {
    return this.objects.some(
      (object) => effectiveNamespace(originalId(object)) === namespace && this.isInReach(object),
    );
  }
}

/** A reference meets an object by a name that it had, and takes the one that it has. Each place once. */
export function placesOfNames({ root, state }: BuildObject): readonly Place[] {
  return [...new Set([...placesOfName(root), ...state.previous.flatMap(({ places }) => places)])];
}

function hadKind({ id: { group, version }, state }: BuildObject, target: KindSelector): boolean {
  return state.previous.some(({ kind }) => isSelected({ group, version, kind }, target));
}

function inNamespace(
  named: readonly BuildObject[],
  namespace: string | undefined,
  hasOriginal: () => boolean,
): readonly BuildObject[] {
  if (namespace === undefined) return named;
  const original = named.filter((candidate) => {
    const effective = effectiveNamespace(originalId(candidate));
    return effective === namespace && effective !== '_non_namespaceable_';
  });
  if (original.length > 0 || hasOriginal()) return original;
  return named.filter(({ id }) => !id.clusterScoped && effectiveNamespace(id) === namespace);
}

/** A role binding refers to the kind of role that it names. */
function roleFilter(referrer: BuildObject, field: FieldSpec): (candidate: BuildObject) => boolean {
  if (!field.path.endsWith('roleRef/name')) return () => true;
  const roleRef = fieldOf(referrer.root, 'roleRef');
  const group = fieldOf(roleRef, 'apiGroup');
  const kind = fieldOf(roleRef, 'kind');
  if (group?.kind !== 'scalar' || kind?.kind !== 'scalar') return () => true;
  return (candidate) => hadKind(candidate, { group: group.text, version: '', kind: kind.text });
}

function subjectNamespaces({ id, root }: BuildObject): ReadonlySet<string> {
  const namespaces = new Set<string>();
  if (id.kind !== 'RoleBinding') return namespaces;
  const subjects = fieldOf(root, 'subjects');
  if (subjects?.kind !== 'sequence') return namespaces;
  for (const subject of subjects.items) {
    if (subject.kind !== 'mapping') {
      failAt(subject.place, `A subject is ${described(subject)}, expected a mapping`);
    }
    const namespace = fieldOf(subject, 'namespace');
    const kind = fieldOf(subject, 'kind');
    if (namespace === undefined || kind === undefined) continue;
    if (kind.kind !== 'scalar' || kind.tag !== '!!str')
      failAt(kind.place, `Kind of a subject is ${described(kind)}, expected a string`);
    if (kind.text !== 'ServiceAccount') continue;
    if (namespace.kind !== 'scalar' || namespace.tag !== '!!str') {
      failAt(namespace.place, `Invalid Input: namespace is blank for resource "${idText(id)}"`);
    }
    namespaces.add(namespace.text);
  }
  return namespaces;
}

function hasSameAffixes(a: BuildObject, b: BuildObject, emptyMatches: boolean): boolean {
  return (['prefixes', 'suffixes'] as const).every((side) => {
    const [x, y] = [a.state[side], b.state[side]];
    if (emptyMatches && (x.length === 0 || y.length === 0)) return true;
    return endAlike(x, y);
  });
}

/** Whether the shorter list is the end of the longer; an empty one is the end of none but the empty. */
function endAlike(a: readonly string[], b: readonly string[]): boolean {
  const [short, long] = a.length > b.length ? [b, a] : [a, b];
  if (short.length === 0) return long.length === 0;
  return short.every((affix, index) => affix === long[long.length - short.length + index]);
}
