import type { Resource } from '../core/resource.ts';

const placed = new WeakMap<Resource, Map<string, Resource>>();

/**
 * The object where Argo CD puts it: one that names no namespace goes to its Application's destination. The manifest
 * stays as written, and the same resource in the same namespace is the same object. Which kinds have no namespace
 * is for the schema to say.
 */
export function withNamespace(resource: Resource, namespace: string | undefined): Resource {
  if (namespace === undefined || resource.id.namespace !== undefined) return resource;
  let byNamespace = placed.get(resource);
  if (byNamespace === undefined) {
    byNamespace = new Map();
    placed.set(resource, byNamespace);
  }
  let found = byNamespace.get(namespace);
  if (found === undefined) {
    found = {
      id: { ...resource.id, namespace },
      manifest: resource.manifest,
      originsOf: (path) => resource.originsOf(path),
    };
    byNamespace.set(namespace, found);
  }
  return found;
}
