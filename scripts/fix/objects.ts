import { groupOf, type Resource } from '../core/resource.ts';
import { readClusters } from '../discover/clusters.ts';
import { readClusterTree } from '../discover/fleet.ts';
import { readPaths } from '../discover/paths.ts';
import { createRenderer } from '../kustomize/render.ts';

/** Every object of every cluster as it stands in the files now. */
export function fleetObjects(root: string, url: string): ReadonlyMap<string, Resource> {
  const renderer = createRenderer({ root });
  const objects = new Map<string, Resource>();
  for (const cluster of readClusters(root)) {
    for (const { resources } of readClusterTree(cluster, { root, repository: url, renderer }).synced) {
      for (const resource of resources) add(objects, `${cluster.name}: ${nameOf(resource)}`, resource);
    }
  }
  return objects;
}

/** Every object that the PATHs hold now. */
export function pathObjects(
  root: string,
  cwd: string,
  paths: readonly string[],
): ReadonlyMap<string, Resource> {
  const objects = new Map<string, Resource>();
  const { parts } = readPaths(paths, { root, cwd, renderer: createRenderer({ root }) });
  for (const { resources } of parts) {
    for (const resource of resources) add(objects, nameOf(resource), resource);
  }
  return objects;
}

function nameOf({ id }: Resource): string {
  return `${groupOf(id.apiVersion)}/${id.kind} ${id.namespace ?? ''}/${id.name}`;
}

function add(objects: Map<string, Resource>, name: string, resource: Resource): void {
  let id = name;
  for (let copy = 2; objects.has(id); copy++) id = `${name} (${copy})`;
  objects.set(id, resource);
}
