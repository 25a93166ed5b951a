import type { Origin } from '../core/origin.ts';
import type { Path } from '../core/path.ts';
import { type Resource, type ResourceId, resourceIdOf } from '../core/resource.ts';
import type { Mapping } from '../core/value.ts';
import { keyOriginAt, originsAt } from './locate.ts';
import type { MappingNode } from './node.ts';

/** A manifest with the tree that it was made from. */
export function toResource(root: MappingNode, manifest: Mapping): Resource {
  return new RenderedResource(root, manifest);
}

class RenderedResource implements Resource {
  readonly id: ResourceId;
  readonly manifest: Mapping;
  readonly #root: MappingNode;

  constructor(root: MappingNode, manifest: Mapping) {
    this.id = resourceIdOf(manifest);
    this.manifest = manifest;
    this.#root = root;
  }

  originsOf(path: Path): readonly Origin[] {
    return originsAt(this.#root, path);
  }

  keyOriginOf(path: Path): Origin {
    return keyOriginAt(this.#root, path);
  }
}
