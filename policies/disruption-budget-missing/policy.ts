import { budgetsOf } from '../../scripts/core/budget.ts';
import type { ClusterPolicy } from '../../scripts/core/policy.ts';
import { hasSeveral } from '../../scripts/core/scaling.ts';

export default {
  id: 'disruption-budget-missing',
  of: 'cluster',
  severity: 'warning',
  default: 'in-clusters',
  title: 'No disruption budget covers the workload',
  why: 'When nodes are drained for an update, all its pods may be evicted at once.',
  fix: 'Add a PodDisruptionBudget with `maxUnavailable: 1` that selects its pods.',
  peers: [
    'kube-score/deployment-has-poddisruptionbudget',
    'kube-score/statefulset-has-poddisruptionbudget',
    'polaris/missingPodDisruptionBudget',
  ],

  *check(inventory) {
    for (const workload of inventory.workloads) {
      const { resource } = workload;
      const { kind, name } = resource.id;
      if (kind !== 'Deployment' && kind !== 'StatefulSet' && kind !== 'Rollout') continue;
      if (!hasSeveral(inventory, workload) || budgetsOf(inventory, workload).length > 0) continue;
      yield {
        resource,
        at: ['metadata', 'name'],
        message: `No PodDisruptionBudget covers ${kind} "${name}"`,
      };
    }
  },
} satisfies ClusterPolicy;
