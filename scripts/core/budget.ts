import { mapping } from './fields.ts';
import type { Inventory, Workload } from './inventory.ts';
import { memoisedIn } from './memoised.ts';
import { shareOf } from './percentage.ts';
import type { Resource } from './resource.ts';
import { selects } from './selector.ts';
import type { Value } from './value.ts';

/** A PodDisruptionBudget with the workloads whose pods it covers. */
export interface Budget {
  readonly resource: Resource;
  readonly minAvailable: Value | undefined;
  readonly maxUnavailable: Value | undefined;
  readonly workloads: readonly Workload[];
}

export const budgetsIn = memoisedIn((inventory: Inventory): readonly Budget[] =>
  inventory.ofKind('policy', 'PodDisruptionBudget').map((resource) => {
    const { minAvailable, maxUnavailable, selector } = mapping(resource.manifest.spec);
    const workloads = inventory
      .workloadsIn(inventory.namespaceOf(resource))
      .filter(({ pod }) => selects(selector, pod.labels));
    return { resource, minAvailable, maxUnavailable, workloads };
  }),
);

export function budgetsOf(inventory: Inventory, workload: Workload): readonly Budget[] {
  return budgetsIn(inventory).filter(({ workloads }) => workloads.includes(workload));
}

/** Holds every pod, however many there are. */
export function allowsNone({ minAvailable, maxUnavailable }: Budget): boolean {
  return maxUnavailable === 0 || maxUnavailable === '0%' || maxUnavailable === '0' || minAvailable === '100%';
}

/** How many of that number of pods must stay. */
export function availableOf(minAvailable: Value, replicas: number): number {
  return shareOf(minAvailable, replicas) ?? Number(minAvailable);
}
