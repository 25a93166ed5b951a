import { basename } from 'node:path';
import { Failure } from '../core/failure.ts';
import { isMapping, isSequence, type Mapping, type Value } from '../core/value.ts';
import type { Served, ServerFacts } from './generate.ts';

/** One document found in a folder, or read from a cluster. Documents of one folder describe one server. */
export interface Document {
  readonly folder: string;
  readonly value: Mapping;
}

export interface CollectedFacts {
  readonly servers: readonly ServerFacts[];
  /** CustomResourceDefinitions by where they come from. */
  readonly customResources: ReadonlyMap<string, readonly Mapping[]>;
}

interface Pieces {
  version: string | undefined;
  readonly served: Served[];
  /** Version 3 is the better source: it wins where a folder holds both. */
  v3: Mapping;
  v2: Mapping;
}

/** Sorts documents into what servers say of themselves and CustomResourceDefinitions. */
export function factsOf(documents: readonly Document[]): CollectedFacts {
  const folders = new Map<string, Pieces>();
  const customResources = new Map<string, Mapping[]>();
  for (const { folder, value } of documents) {
    let pieces = folders.get(folder);
    if (pieces === undefined) {
      pieces = { version: undefined, served: [], v3: {}, v2: {} };
      folders.set(folder, pieces);
    }
    for (const item of itemsOf(value)) {
      if (item.kind === 'CustomResourceDefinition') {
        const source = `CustomResourceDefinitions of ${basename(folder)}`;
        customResources.set(source, [...(customResources.get(source) ?? []), item]);
      } else take(item, pieces);
    }
  }
  const servers: ServerFacts[] = [];
  for (const [folder, { version, served, v3, v2 }] of folders) {
    const definitions = Object.keys(v3).length > 0 ? v3 : v2;
    if (served.length === 0 && Object.keys(definitions).length === 0) continue;
    if (version === undefined)
      throw new Failure(`The documents in ${folder} do not say which version of Kubernetes they are of`);
    if (served.length === 0)
      throw new Failure(`There is no discovery document in ${folder}: what the server serves is not known`);
    servers.push({ kubernetesVersion: version, served, definitions });
  }
  servers.sort((a, b) => (a.kubernetesVersion < b.kubernetesVersion ? -1 : 1));
  return { servers, customResources };
}

/** A `List` of objects counts as its items. */
function itemsOf(value: Mapping): readonly Mapping[] {
  const isList = value.kind === 'List' || value.kind === 'CustomResourceDefinitionList';
  return isList && isSequence(value.items) ? value.items.filter(isMapping) : [value];
}

function take(value: Mapping, pieces: Pieces): void {
  if (typeof value.kubernetesVersion === 'string') pieces.version = value.kubernetesVersion;
  if (typeof value.gitVersion === 'string') pieces.version = value.gitVersion;
  if (isMapping(value.components) && isMapping(value.components.schemas))
    pieces.v3 = { ...pieces.v3, ...value.components.schemas };
  if (isMapping(value.definitions)) pieces.v2 = { ...pieces.v2, ...value.definitions };
  if (isSequence(value.resources)) pieces.served.push(...resourcesOf(value));
}

/** Discovery: `APIResourceList`s as a server gives them, or one list of all groups. */
function resourcesOf(value: Mapping): Served[] {
  const [group, version] = groupVersion(value.groupVersion);
  const found: Served[] = [];
  for (const entry of isSequence(value.resources) ? value.resources : []) {
    if (!isMapping(entry)) continue;
    const name = entry.resource ?? entry.name;
    if (typeof name !== 'string' || name.includes('/') || typeof entry.kind !== 'string') continue;
    found.push({
      group: text(entry.group) ?? group,
      version: text(entry.version) ?? version,
      kind: entry.kind,
      namespaced: entry.namespaced === true,
      verbs: isSequence(entry.verbs) ? entry.verbs.map(String) : [],
    });
  }
  return found;
}

const text = (value: Value | undefined) => (typeof value === 'string' ? value : undefined);

function groupVersion(value: Value | undefined): readonly [string, string] {
  const [first = '', second] = String(value ?? '').split('/');
  return second === undefined ? ['', first] : [first, second];
}
