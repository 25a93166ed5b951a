import { entryOf, newMap } from '../core/entry.ts';
import { valueOfJson } from '../core/json-value.ts';
import type { Resource, ResourceId } from '../core/resource.ts';
import { isMapping, type Mapping, type Value } from '../core/value.ts';
import type { KnownFolder } from '../discover/fleet.ts';
import { changedValue, changesOf, written } from './kept-value.ts';
import type { FoundViolation } from './policies.ts';

type KeptViolation = Pick<FoundViolation, 'violation' | 'placed'> & { readonly object: number };

/** What is kept of a folder beside its objects. */
interface AboutFolder {
  readonly dir: string;
  readonly asked: readonly string[];
  readonly entries: KnownFolder['entries'];
  /** What is wrong with objects by themselves, by their index. */
  readonly found: readonly KeptViolation[];
}

/** As JSON.parse gives it. */
export interface WrittenFolder extends AboutFolder {
  readonly objects: readonly WrittenObject[];
}

/** The manifest itself, or the number of a shared one and how this one differs from it. */
type WrittenObject = Mapping | readonly [number: number, changes: Value];

/** A manifest that others of its name are compared with. */
interface Twin {
  readonly manifest: Mapping;
  /** Undefined as long as none was. */
  number: number | undefined;
}

/** Objects of one name that differ in their spec: beyond so many, no more are remembered. */
const MOST_TWINS = 8;

/**
 * Writes folders as lines of JSON, one after the other. Most objects are in most clusters, and differ in a field or two:
 * only these are written of each.
 */
export class FolderTexts {
  /** The manifests that lines refer to, by their number. */
  readonly shared: string[] = [];
  /** By kind, namespace and name. */
  readonly #twins = new Map<string, Map<string, Map<string, Twin[]>>>();

  /** Throws where JSON cannot hold it. */
  write(about: AboutFolder, resources: readonly Pick<Resource, 'id' | 'manifest'>[]): string {
    const objects = resources.map(({ id, manifest }) => this.#object(id, manifest));
    return `${JSON.stringify(about).slice(0, -1)},"objects":[${objects.join()}]}`;
  }

  #object({ kind, namespace = '', name }: ResourceId, manifest: Mapping): string {
    const twins = entryOf(entryOf(entryOf(this.#twins, kind, newMap), namespace, newMap), name, newList);
    const same = twins.find((each) => each.manifest.spec === manifest.spec);
    const twin = same ?? twins[0];
    if (same === undefined && twins.length < MOST_TWINS) twins.push({ manifest, number: undefined });
    if (twin === undefined) return written(manifest);
    twin.number ??= this.shared.push(written(twin.manifest)) - 1;
    return `[${twin.number},${changesOf(manifest, twin.manifest)}]`;
  }
}

function newList(): Twin[] {
  return [];
}

/** Reads objects. Shared manifests are read once, so that all objects hold the very same in what they do not differ in. */
export function objectReader(shared: readonly string[]): (object: WrittenObject) => Mapping {
  const manifests: Value[] = [];
  return (object) => {
    if (isMapping(object)) return valueOfJson(object) as Mapping;
    const [number, changes] = object;
    manifests[number] ??= valueOfJson(JSON.parse(shared[number]!));
    return changedValue(manifests[number], changes) as Mapping;
  };
}
