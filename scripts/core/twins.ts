import { entryOf, newMap } from './entry.ts';
import { Likeness, type Reader, type Test } from './likeness.ts';
import type { Path } from './path.ts';
import type { Resource, ResourceId } from './resource.ts';
import type { Mapping } from './value.ts';

/** A check that looks at one object by itself, and comes to the same for the same content. */
export interface SingleCheck {
  /** Whether it finds nothing. */
  isClean(resource: Resource): boolean;
  /** All that it asks of a text that it reads at that place; undefined where it may ask for more. */
  testAt?(manifest: Mapping, path: Path): Test | undefined;
}

/**
 * Objects of the same name in many clusters are seldom the very same, and seldom differ in what matters: a label of the
 * region, the name of a ConfigMap with its hash. Once a name was seen several times, the checks are watched: what they
 * read of all that tells the object from the one before. The next one that agrees in that is as clean.
 */
export class Twins {
  readonly #checks: readonly SingleCheck[];
  /** By kind, namespace and name, so that no key has to be put together. Of what was seen seldom only the number is kept. */
  readonly #met = new Map<string, Map<string, Map<string, Met | number>>>();

  constructor(checks: readonly SingleCheck[]) {
    this.#checks = checks;
  }

  /** For each of the checks, the objects in which it may find something. */
  unknown(resources: readonly Resource[]): readonly (readonly Resource[])[] {
    const unknown = this.#checks.map((): Resource[] => []);
    for (const resource of resources) {
      const clean = this.cleanOf(resource);
      for (let i = 0; i < unknown.length; i++) if ((clean & (1 << i)) === 0) unknown[i]!.push(resource);
    }
    return unknown;
  }

  /** The checks that are known to find nothing in the object, each as the bit of its number. */
  cleanOf(resource: Resource): Reader {
    const { kind, namespace = '', name } = resource.id;
    const names = entryOf(entryOf(this.#met, kind, newMap), namespace, newMap);
    const met = names.get(name) ?? 0;
    if (typeof met !== 'number') return met.cleanOf(resource, this.#checks);
    names.set(name, met + 1 < SEVERAL ? met + 1 : new Met(resource));
    return 0;
  }
}

/** To watch costs more than to check, which a few clusters would not earn back. */
const SEVERAL = 4;

/** How many more objects of a name are looked at than turned out to be alike, and how many at most. */
const PATIENCE = 3;
const MOST_PATIENCE = 12;

/** The objects of one name. */
class Met {
  readonly #id: ResourceId;
  #last: Mapping | undefined;
  /** Of the last and the one before. */
  #likeness: Likeness | undefined;
  /** The checks that found nothing in the last one. */
  #clean: Reader = 0;
  #patience = PATIENCE;

  constructor({ id, manifest }: Resource) {
    this.#id = id;
    this.#last = manifest;
  }

  /** The checks that are known to find nothing. */
  cleanOf(resource: Resource, checks: readonly SingleCheck[]): Reader {
    if (this.#last === undefined || !areSame(this.#id, resource.id)) return 0;
    // The very same: whoever checked it has not forgotten.
    if (this.#last === resource.manifest) return this.#clean;
    if (this.#likeness !== undefined) {
      const clean = this.#clean & ~this.#likeness.readersOfOther(resource.manifest);
      if (clean !== 0) {
        if (this.#patience < MOST_PATIENCE) this.#patience++;
        return clean;
      }
    }
    this.#watch(this.#last, resource, checks);
    return this.#clean;
  }

  #watch(last: Mapping, resource: Resource, checks: readonly SingleCheck[]): void {
    const likeness = this.#patience-- === 0 ? undefined : Likeness.of(last, resource.manifest);
    this.#last = this.#patience < 0 ? undefined : resource.manifest;
    this.#likeness = likeness;
    this.#clean = 0;
    if (likeness === undefined) return;
    for (const [index, check] of checks.entries()) {
      const reader = 1 << index;
      if (!likeness.read(reader, (standIn) => isCleanAs(standIn, resource, check))) continue;
      this.#clean |= reader;
      likeness.relax(reader, (path) => check.testAt?.(resource.manifest, path));
    }
  }
}

/** One may be of another group than the first of its name, or name no namespace. */
function areSame(one: ResourceId, other: ResourceId): boolean {
  return (
    one.name === other.name &&
    one.namespace === other.namespace &&
    one.kind === other.kind &&
    one.apiVersion === other.apiVersion
  );
}

/** Where the object was written is no part of it: a check that asks is not known to say the same of another one. */
function isCleanAs(standIn: Mapping, resource: Resource, check: SingleCheck): boolean {
  let isAlone = true;
  const asked = <T>(answer: T): T => {
    isAlone = false;
    return answer;
  };
  return (
    check.isClean({
      id: resource.id,
      manifest: standIn,
      originsOf: (path) => asked(resource.originsOf(path)),
      keyOriginOf: (path) => asked(resource.keyOriginOf(path)),
    }) && isAlone
  );
}
