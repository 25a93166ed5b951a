import { budgetsOf } from '../../scripts/core/budget.ts';
import type { ClusterPolicy } from '../../scripts/core/policy.ts';
import { hasSeveral, replicasOf } from '../../scripts/core/scaling.ts';

export default {
  id: 'single-replica-without-budget',
  of: 'cluster',
  severity: 'warning',
  default: 'off',
  title: 'No disruption budget covers a Deployment of one replica',
  why: 'Its pod may be evicted at any time. Off by default: a budget for one pod stops every drain or does nothing.',
  fix: 'Run several replicas, and add a PodDisruptionBudget with `maxUnavailable: 1`.',
  peers: ['polaris/missingPodDisruptionBudget'],

  *check(inventory) {
    for (const workload of inventory.workloads) {
      const { resource } = workload;
      if (resource.id.kind !== 'Deployment' || replicasOf(resource) === undefined) continue;
      if (hasSeveral(inventory, workload) || budgetsOf(inventory, workload).length > 0) continue;
      yield {
        resource,
        at: ['spec', 'replicas'],
        message: `No PodDisruptionBudget covers Deployment "${resource.id.name}", which runs ${replicasOf(resource) === 1 ? 'one replica' : 'no replica'}`,
      };
    }
  },
} satisfies ClusterPolicy;
