import type { Origin } from '../core/origin.ts';
import type { Path } from '../core/path.ts';
import type { Resource, ResourceId } from '../core/resource.ts';
import { isMapping, type Mapping, type Value } from '../core/value.ts';
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
    this.id = idOf(manifest);
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

function idOf(manifest: Mapping): ResourceId {
  const { metadata } = manifest;
  const fields: Mapping = isMapping(metadata) ? metadata : {};
  return {
    apiVersion: text(manifest.apiVersion) ?? '',
    kind: text(manifest.kind) ?? '',
    namespace: text(fields.namespace),
    name: text(fields.name) ?? '',
  };
}

function text(value: Value | undefined): string | undefined {
  return typeof value === 'string' ? value : undefined;
}
