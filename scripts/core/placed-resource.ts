import type { Origin } from './origin.ts';
import type { Path } from './path.ts';
import { type Resource, type ResourceId, resourceIdOf } from './resource.ts';
import type { Mapping } from './value.ts';

/** An object whose places another one tells, which is only asked for where a place is. */
export class PlacedResource implements Resource {
  readonly id: ResourceId;
  readonly manifest: Mapping;
  readonly #placed: () => Resource;

  constructor(manifest: Mapping, placed: () => Resource) {
    this.manifest = manifest;
    this.id = resourceIdOf(manifest);
    this.#placed = placed;
  }

  originsOf(path: Path): readonly Origin[] {
    return this.#placed().originsOf(path);
  }

  keyOriginOf(path: Path): Origin {
    return this.#placed().keyOriginOf(path);
  }
}
