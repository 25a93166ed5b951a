import { entryOf, newMap, push } from '../entry.ts';
import { mapping } from '../fields.ts';
import { CLUSTER_SCOPED, type Inventory } from '../inventory.ts';
import { memoisedIn } from '../memoised.ts';
import { once } from '../once.ts';
import type { Path } from '../path.ts';
import type { Resource } from '../resource.ts';
import { podOf } from '../workload.ts';
import { collectorOf } from './collectors.ts';
import { namedByPod } from './pod.ts';
import { isBuiltIn, type Provided, providedIn, targetOf } from './provided.ts';
import { keyOf, type Named, PlacedReference, type Reference, type Target } from './reference.ts';

export type { Reference } from './reference.ts';

interface References {
  /** By kind, then by group. */
  readonly byKind: ReadonlyMap<string, ReadonlyMap<string, OfKind>>;
  readonly provided: ReadonlyMap<string, Provided>;
}

/** What names objects of a kind. */
interface OfKind {
  readonly references: Reference[];
  readonly byName: () => ReadonlyMap<string, readonly Reference[]>;
}

const NONE: readonly Reference[] = [];

function noneYet(): OfKind {
  const references: Reference[] = [];
  return { references, byName: once(() => namedIn(references)) };
}

const referencesOf = memoisedIn((inventory: Inventory): References => {
  const byKind = new Map<string, Map<string, OfKind>>();
  const add = (reference: Reference) => {
    const byGroup = entryOf(byKind, reference.kind, newMap);
    entryOf(byGroup, reference.group, noneYet).references.push(reference);
  };
  for (const resource of inventory.resources) addNamedBy(add, inventory, resource);
  return { byKind, provided: providedIn(inventory) };
});

/** Everything that one object of the cluster names, to a kind: `''`, `Secret`. */
export function referencesTo(inventory: Inventory, group: string, kind: string): readonly Reference[] {
  return referencesOf(inventory).byKind.get(kind)?.get(group)?.references ?? NONE;
}

/** Whether anything names it. */
export function isNamed(inventory: Inventory, { group, kind, namespace, name }: Target): boolean {
  const ofName = referencesOf(inventory).byKind.get(kind)?.get(group)?.byName().get(name);
  return ofName?.some((each) => each.namespace === namespace) === true;
}

function namedIn(references: readonly Reference[]): ReadonlyMap<string, readonly Reference[]> {
  const lists = new Map<string, Reference[]>();
  for (const reference of references) push(lists, reference.name, reference);
  return lists;
}

/** Whether it is in git, is made by something that is, is declared as coming from elsewhere, or is in every cluster. */
export function exists(inventory: Inventory, target: Target): boolean {
  const { group, kind, namespace, name } = target;
  return (
    inventory.find(group, kind, namespace, name) !== undefined ||
    referencesOf(inventory).provided.has(keyOf(target)) ||
    isBuiltIn(target)
  );
}

/** Whether something of the namespace names one of the kind that is not there: most likely it means one that is. */
export function isMisspelledIn(
  inventory: Inventory,
  group: string,
  kind: string,
  namespace: string,
): boolean {
  return referencesTo(inventory, group, kind).some(
    (reference) => reference.namespace === namespace && !reference.optional && !exists(inventory, reference),
  );
}

/** Those of the cluster's declared externals that nothing names, by their index. */
export function unusedExternals(inventory: Inventory): readonly number[] {
  return inventory.cluster.externals.flatMap((external, index) => {
    const target = targetOf(external);
    return isNamed(inventory, target) ? [] : [index];
  });
}

/** The keys of a ConfigMap or Secret; undefined where it does not exist or they cannot be known. */
export function keysOf(inventory: Inventory, target: Target): ReadonlySet<string> | undefined {
  const resource = inventory.find(target.group, target.kind, target.namespace, target.name);
  const provided = referencesOf(inventory).provided.get(keyOf(target));
  // An operator fills the Secret that stands in git without data.
  if (resource === undefined || provided !== undefined) return provided?.keys;
  const { data, stringData, binaryData } = resource.manifest;
  return new Set([data, stringData, binaryData].flatMap((each) => Object.keys(mapping(each))));
}

function addNamedBy(add: (reference: Reference) => void, inventory: Inventory, resource: Resource): void {
  const namespace = inventory.namespaceOf(resource);
  const pod = podOf(resource);
  if (pod !== undefined) {
    for (const named of namedByPod(pod.spec)) add(placed(named, resource, namespace, pod.path));
  }
  const collector = collectorOf(resource.id.kind, resource.id.apiVersion);
  if (collector !== undefined) {
    const found: Named[] = [];
    collector(resource.manifest, found);
    for (const named of found) {
      if (named.namespace === '*') splitByNamespace(inventory, named, resource).forEach(add);
      else add(placed(named, resource, namespace));
    }
  }
  if (namespace !== '' && resource.id.namespace !== undefined) {
    add(placed({ group: '', kind: 'Namespace', name: namespace, at: METADATA_NAMESPACE }, resource, ''));
  }
}

const METADATA_NAMESPACE: Path = ['metadata', 'namespace'];
const NO_PREFIX: Path = [];

function placed(named: Named, from: Resource, namespace: string, prefix: Path = NO_PREFIX): Reference {
  const where = CLUSTER_SCOPED.has(named.kind) ? '' : (named.namespace ?? namespace);
  return new PlacedReference(named, where, from, prefix);
}

/** `<namespace>-<name>` in one word: the split at which such an object exists, or else the first. */
function splitByNamespace(inventory: Inventory, named: Named, from: Resource): readonly Reference[] {
  const splits: Reference[] = [];
  for (let dash = named.name.indexOf('-'); dash > 0; dash = named.name.indexOf('-', dash + 1)) {
    const namespace = named.name.slice(0, dash);
    const name = named.name.slice(dash + 1);
    const reference = new PlacedReference({ ...named, name }, namespace, from, NO_PREFIX);
    if (inventory.find(named.group, named.kind, namespace, name) !== undefined) return [reference];
    splits.push(reference);
  }
  return splits.slice(0, 1);
}
