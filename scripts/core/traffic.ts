import { isEmpty, mapping } from './fields.ts';
import type { Inventory, Workload } from './inventory.ts';
import { memoisedIn } from './memoised.ts';
import type { Resource } from './resource.ts';
import { hasLabels } from './selector.ts';
import type { Mapping } from './value.ts';

interface Served {
  readonly byService: ReadonlyMap<Resource, readonly Workload[]>;
  readonly workloads: ReadonlySet<Workload>;
}

const served = memoisedIn((inventory: Inventory): Served => {
  const byService = new Map<Resource, readonly Workload[]>();
  for (const service of inventory.ofKind('', 'Service')) {
    const selector = selectorOf(service);
    const pods = inventory
      .workloadsIn(inventory.namespaceOf(service))
      .filter(({ pod }) => hasLabels(selector, pod.labels));
    byService.set(service, pods);
  }
  const workloads = [...byService].flatMap(([service, pods]) =>
    isHeadless(service) ? pods.filter(({ resource }) => resource.id.kind === 'StatefulSet') : pods,
  );
  return { byService, workloads: new Set(workloads) };
});

/** The workloads whose pods a Service sends traffic to. */
export function podsBehind(inventory: Inventory, service: Resource): readonly Workload[] {
  return served(inventory).byService.get(service) ?? [];
}

/**
 * Whether any Service sends traffic to a workload's pods. One without an address of its own only lists them: for what
 * measures each pod, or for the names of a StatefulSet's pods, which callers do use.
 */
export function isServed(inventory: Inventory, workload: Workload): boolean {
  return served(inventory).workloads.has(workload);
}

function isHeadless(service: Resource): boolean {
  return mapping(service.manifest.spec).clusterIP === 'None';
}

/** Of a Service; empty where its endpoints are made by hand or by a controller. */
export function selectorOf(service: Resource): Mapping {
  return mapping(mapping(service.manifest.spec).selector);
}

/** Finds its pods by labels: it has a selector, and is no alias of a name elsewhere. */
export function selectsPods(service: Resource): boolean {
  return mapping(service.manifest.spec).type !== 'ExternalName' && !isEmpty(selectorOf(service));
}
