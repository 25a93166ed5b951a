import type { Origin } from '../core/origin.ts';
import type { Path } from '../core/path.ts';
import { type Resource, type ResourceId, resourceIdOf } from '../core/resource.ts';
import type { Mapping } from '../core/value.ts';
import { keyOriginAt, originsAt } from './locate.ts';
import { type MappingNode, NO_PLACES, type Place } from './node.ts';
import { originOf } from './place.ts';

/**
 * A manifest with the tree that it was made from.
 *
 * @param others places that have a part in every value of it
 */
export function toResource(
  root: MappingNode,
  manifest: Mapping,
  others: readonly Place[] = NO_PLACES,
): Resource {
  return new RenderedResource(root, manifest, others);
}

class RenderedResource implements Resource {
  readonly id: ResourceId;
  readonly manifest: Mapping;
  readonly #root: MappingNode;
  readonly #others: readonly Place[];

  constructor(root: MappingNode, manifest: Mapping, others: readonly Place[]) {
    this.id = resourceIdOf(manifest);
    this.manifest = manifest;
    this.#root = root;
    this.#others = others;
  }

  originsOf(path: Path): readonly Origin[] {
    return [...originsAt(this.#root, path), ...this.#others.map(originOf)];
  }

  keyOriginOf(path: Path): Origin {
    return keyOriginAt(this.#root, path);
  }
}
