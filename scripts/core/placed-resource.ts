import type { Origin } from '../core/origin.ts';
import type { Path } from '../core/path.ts';
import { type Resource, type ResourceId, resourceIdOf } from '../core/resource.ts';
import type { Mapping } from '../core/value.ts';

/** An object as it was rendered before; its folder is built anew only where a place is asked for. */
export class KeptResource implements Resource {
  readonly id: ResourceId;
  readonly manifest: Mapping;
  readonly #rendered: () => Resource;

  constructor(manifest: Mapping, rendered: () => Resource) {
    this.manifest = manifest;
    this.id = resourceIdOf(manifest);
    this.#rendered = rendered;
  }

  originsOf(path: Path): readonly Origin[] {
    return this.#rendered().originsOf(path);
  }

  keyOriginOf(path: Path): Origin {
    return this.#rendered().keyOriginOf(path);
  }
}
