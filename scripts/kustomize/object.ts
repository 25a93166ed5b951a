import { fieldOf, type MappingNode, NO_PLACES, type Place, type YamlNode } from '../yaml/node.ts';
import { failAt } from './failure.ts';
import { withoutScalarAnnotations } from './folded-annotations.ts';
import { effectiveNamespace, idText, newId, type ObjectId, splitApiVersion } from './id.ts';
import type { Scopes } from './scopes.ts';
import { writtenState } from './written-state.ts';

/** What an object was called before a transformer changed its name, namespace or kind. */
export interface PreviousId {
  readonly kind: string;
  readonly name: string;
  /** The effective one, see id.ts. */
  readonly namespace: string;
  /** Where the name was written, for what follows it. */
  readonly places: readonly Place[];
}

/** How a generated object meets one of the same id; `undefined` and anything unknown mean create. */
export type Behavior = 'create' | 'merge' | 'replace';

/**
 * What is known of an object beside its content, while it is built. Kustomize keeps this in annotations of the
 * object itself and removes them at the end.
 */
export interface BuildState {
  /** Oldest first, without the current id. */
  readonly previous: readonly PreviousId[];
  readonly prefixes: readonly string[];
  readonly suffixes: readonly string[];
  /** A hash of the content is appended to the name at the end. */
  readonly needsHash: boolean;
  readonly behavior: Behavior | undefined;
  /** Names of the `vars` whose value is read from this object. */
  readonly vars: readonly string[];
  /** Nodes that stand in several places of the object and change together, see edit.ts. */
  readonly shared: ReadonlySet<YamlNode>;
  /** Patches that delete what they select and did not select this object: it is there because of their targets. */
  readonly sparedBy: readonly Place[];
  readonly scopes: Scopes;
}

/** One object while it is built. Immutable: a transformer gives new objects and shares what it leaves alone. */
export interface BuildObject {
  readonly root: MappingNode;
  /** The current id, read from `root`. */
  readonly id: ObjectId;
  readonly state: BuildState;
}

/**
 * A step of a build. It gives the very same object for what it does not touch, and leaves out what it deletes.
 * It throws a Failure with the place of the entry that made it run.
 */
export type Transformer = (objects: readonly BuildObject[], note?: NoteTarget) => readonly BuildObject[];

/**
 * Told of each target of a replacement where it is written, and where one selects nothing, of the field that is to
 * blame.
 */
export type NoteTarget = (target: Place, blamed: Place | undefined) => void;

const NOTHING_SHARED: ReadonlySet<YamlNode> = new Set();

export function newObject(root: MappingNode, scopes: Scopes): BuildObject {
  const state: BuildState = {
    previous: [],
    prefixes: [],
    suffixes: [],
    needsHash: false,
    behavior: undefined,
    vars: [],
    shared: NOTHING_SHARED,
    sparedBy: NO_PLACES,
    scopes,
  };
  const written = writtenState(root);
  return { root, id: readId(root, scopes), state: written === undefined ? state : changed(state, written) };
}

/** The object with other content; the same object where nothing changes. */
export function withRoot(object: BuildObject, root: MappingNode): BuildObject {
  if (root === object.root) return object;
  return {
    root,
    id: hasId(root, object.id) ? object.id : readId(root, object.state.scopes),
    state: object.state,
  };
}

/** Whether the id still says what the content does: most changes leave it, and equal ids are then one object. */
function hasId(root: MappingNode, id: ObjectId): boolean {
  const metadata = fieldOf(root, 'metadata');
  const apiVersion = textOf(fieldOf(root, 'apiVersion'));
  return (
    textOf(fieldOf(metadata, 'name')) === id.name &&
    textOf(fieldOf(metadata, 'namespace')) === id.namespace &&
    textOf(fieldOf(root, 'kind')) === id.kind &&
    (id.group === ''
      ? apiVersion === id.version && !apiVersion.includes('/')
      : apiVersion.length === id.group.length + 1 + id.version.length &&
        apiVersion.startsWith(id.group) &&
        apiVersion.endsWith(id.version) &&
        apiVersion.charCodeAt(id.group.length) === 0x2f)
  );
}

export function withState(object: BuildObject, change: Partial<BuildState>): BuildObject {
  return { root: object.root, id: object.id, state: changed(object.state, change) };
}

/** Made field by field, so that all states have one shape. */
function changed(state: BuildState, change: Partial<BuildState>): BuildState {
  return {
    previous: change.previous ?? state.previous,
    prefixes: change.prefixes ?? state.prefixes,
    suffixes: change.suffixes ?? state.suffixes,
    needsHash: change.needsHash ?? state.needsHash,
    behavior: 'behavior' in change ? change.behavior : state.behavior,
    vars: change.vars ?? state.vars,
    shared: change.shared ?? state.shared,
    sparedBy: change.sparedBy ?? state.sparedBy,
    scopes: change.scopes ?? state.scopes,
  };
}

/** Remembers the current id as a previous one: called before a name, namespace or kind is changed. */
export function rememberId(object: BuildObject): BuildObject {
  const { id, state } = object;
  // Kustomize keeps earlier names in one list with commas between them, and breaks on a name that holds one.
  if (id.name.includes(',') || id.namespace.includes(',') || id.kind.includes(',')) {
    failAt(object.root.place, `Name, namespace or kind of ${idText(id)} holds a comma, expected none`);
  }
  // An empty name is not added to that list, which then has no pair for a namespace.
  const [first] = state.previous;
  if (first !== undefined && (first.name === '') !== (id.name === '')) {
    const message = `Name "${first.name}" became "${id.name}": previous names are not equal in number`;
    failAt(object.root.place, `${message} to previous namespaces, expected a name throughout`);
  }
  const places = placesOfName(object.root);
  const previous = { kind: id.kind, name: id.name, namespace: effectiveNamespace(id), places };
  const root = withoutScalarAnnotations(object.root);
  return { root, id, state: changed(state, { previous: [...state.previous, previous] }) };
}

/**
 * Every id that the object had, oldest first; group and version are always the current ones, the namespace is the
 * effective one of that time.
 */
function previousIds(object: BuildObject): readonly ObjectId[] {
  const { id, state } = object;
  return state.previous.map(({ kind, name, namespace }) =>
    newId(id.group, id.version, kind, name, namespace, false),
  );
}

/** The first id that the object had: as its file says. */
export function originalId(object: BuildObject): ObjectId {
  return object.state.previous.length === 0 ? object.id : previousIds(object)[0]!;
}

/** Previous ids and the current one. */
export function allIds(object: BuildObject): readonly ObjectId[] {
  return object.state.previous.length === 0 ? [object.id] : [...previousIds(object), object.id];
}

/** Whether the object has or had an id that is equal to this one. */
export function everHadId({ id, state }: BuildObject, wanted: ObjectId): boolean {
  if (id.version !== wanted.version || id.group !== wanted.group) return false;
  if (id.key === wanted.key) return true;
  const effective = effectiveNamespace(wanted);
  return state.previous.some(
    ({ kind, name, namespace }) =>
      kind === wanted.kind && name === wanted.name && (namespace || 'default') === effective,
  );
}

function readId(root: MappingNode, scopes: Scopes): ObjectId {
  const apiVersion = textOf(fieldOf(root, 'apiVersion'));
  const kind = textOf(fieldOf(root, 'kind'));
  const metadata = fieldOf(root, 'metadata');
  const { group, version } = splitApiVersion(apiVersion);
  const name = textOf(fieldOf(metadata, 'name'));
  const namespace = textOf(fieldOf(metadata, 'namespace'));
  return newId(group, version, kind, name, namespace, scopes.isClusterScoped(apiVersion, kind));
}

/** Where the object's name comes from. */
export function placesOfName(root: MappingNode): readonly Place[] {
  const name = fieldOf(fieldOf(root, 'metadata'), 'name');
  return name === undefined ? NO_PLACES : [name.place, ...name.others];
}

function textOf(node: YamlNode | undefined): string {
  return node?.kind === 'scalar' && node.tag !== '!!null' ? node.text : '';
}
