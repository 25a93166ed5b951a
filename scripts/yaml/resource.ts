import type { Path } from '../core/path.ts';
import type { Resource, ResourceId } from '../core/resource.ts';
import { isMapping, type Mapping, type Value } from '../core/value.ts';
import { keyOriginAt, originsAt } from './locate.ts';
import type { MappingNode } from './node.ts';

/** A manifest with the tree that it was made from. */
export function toResource(root: MappingNode, manifest: Mapping): Resource {
  return Object.freeze({
    id: idOf(manifest),
    manifest,
    originsOf: (path: Path) => originsAt(root, path),
    keyOriginOf: (path: Path) => keyOriginAt(root, path),
  });
}

function idOf(manifest: Mapping): ResourceId {
  const { metadata } = manifest;
  const fields: Mapping = isMapping(metadata) ? metadata : {};
  return Object.freeze({
    apiVersion: text(manifest.apiVersion) ?? '',
    kind: text(manifest.kind) ?? '',
    namespace: text(fields.namespace),
    name: text(fields.name) ?? '',
  });
}

function text(value: Value | undefined): string | undefined {
  return typeof value === 'string' ? value : undefined;
}
