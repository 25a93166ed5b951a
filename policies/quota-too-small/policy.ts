import { mapping } from '../../scripts/core/fields.ts';
import type { Inventory, Workload } from '../../scripts/core/inventory.ts';
import { shareOf } from '../../scripts/core/percentage.ts';
import type { ClusterPolicy } from '../../scripts/core/policy.ts';
import { quantity } from '../../scripts/core/quantity.ts';
import { autoscalerOf, countOf, replicasOf } from '../../scripts/core/scaling.ts';

export default {
  id: 'quota-too-small',
  of: 'cluster',
  severity: 'error',
  default: 'in-clusters',
  title: 'ResourceQuota admits fewer pods than its workloads may have',
  why: 'At the busiest hour, or in the middle of a release, the API server refuses the pods that are missing, and only an event says so.',
  fix: 'Raise the quota with `maxReplicas` (what it says of CPU and memory, too), or lower `maxReplicas` or the surge.',

  *check(inventory) {
    for (const quota of inventory.ofKind('', 'ResourceQuota')) {
      const { hard, scopes, scopeSelector } = mapping(quota.manifest.spec);
      // It counts only some pods, and which they are manifests do not tell.
      if (scopes !== undefined || scopeSelector !== undefined) continue;
      const workloads = inventory.workloadsIn(inventory.namespaceOf(quota));
      const replicas = workloads.map((workload) => mostReplicas(inventory, workload));
      const most = replicas.reduce((sum, each) => sum + each, 0);
      const surge = Math.max(0, ...workloads.map((workload, index) => surgeOf(workload, replicas[index]!)));
      for (const name of ['pods', 'count/pods']) {
        const admitted = quantity(mapping(hard)[name]);
        if (admitted === undefined || most + surge <= admitted) continue;
        yield {
          resource: quota,
          at: ['spec', 'hard', name],
          message: `ResourceQuota "${quota.id.name}" admits ${admitted} ${admitted === 1 ? 'pod' : 'pods'}, expected at least ${most + surge}: its workloads have up to ${most}${surge === 0 ? '' : `, and ${surge} more while one of them rolls`}`,
        };
      }
    }
  },
} satisfies ClusterPolicy;

function mostReplicas(inventory: Inventory, workload: Workload): number {
  // An autoscaler leaves alone what is scaled to nothing.
  if (replicasOf(workload.resource) === 0) return 0;
  return autoscalerOf(inventory, workload)?.maximum ?? countOf(inventory, workload) ?? 0;
}

/** https://kubernetes.io/docs/concepts/workloads/controllers/deployment/#max-surge: a quarter unless it says otherwise. */
function surgeOf({ resource }: Workload, replicas: number): number {
  if (resource.id.kind !== 'Deployment') return 0;
  const { type, rollingUpdate } = mapping(mapping(resource.manifest.spec).strategy);
  if (type === 'Recreate') return 0;
  const surge = mapping(rollingUpdate).maxSurge ?? '25%';
  return typeof surge === 'number' ? surge : (shareOf(surge, replicas) ?? 0);
}
