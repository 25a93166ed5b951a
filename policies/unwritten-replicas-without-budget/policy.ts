import { budgetsOf } from '../../scripts/core/budget.ts';
import type { ClusterPolicy } from '../../scripts/core/policy.ts';
import { hasSeveral, replicasOf } from '../../scripts/core/scaling.ts';

export default {
  id: 'unwritten-replicas-without-budget',
  of: 'cluster',
  severity: 'warning',
  default: 'off',
  title: 'No disruption budget, should there be several replicas',
  why: 'A workload that writes no number of replicas may be scaled by somebody. Off by default: disruption-budget-missing looks at those that have several, and a budget for one pod stops every drain.',
  fix: 'Add a PodDisruptionBudget with `maxUnavailable: 1`.',
  peers: [
    'kube-score/deployment-has-poddisruptionbudget',
    'kube-score/statefulset-has-poddisruptionbudget',
    'polaris/missingPodDisruptionBudget',
  ],

  *check(inventory) {
    for (const workload of inventory.workloads) {
      const { resource } = workload;
      const { kind, name } = resource.id;
      if ((kind !== 'Deployment' && kind !== 'StatefulSet') || replicasOf(resource) !== undefined) continue;
      if (hasSeveral(inventory, workload) || budgetsOf(inventory, workload).length > 0) continue;
      yield {
        resource,
        at: ['spec', 'replicas'],
        message: `${kind} "${name}" writes no number of replicas, and no PodDisruptionBudget would cover several`,
      };
    }
  },
} satisfies ClusterPolicy;
