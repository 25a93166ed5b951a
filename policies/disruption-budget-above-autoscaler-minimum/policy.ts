import { availableOf, budgetsIn } from '../../scripts/core/budget.ts';
import type { ClusterPolicy } from '../../scripts/core/policy.ts';
import { autoscalerOf } from '../../scripts/core/scaling.ts';

export default {
  id: 'disruption-budget-above-autoscaler-minimum',
  of: 'cluster',
  severity: 'error',
  default: 'on',
  title: 'Disruption budget keeps more pods than the autoscaler',
  why: 'At the quietest hour there are fewer pods than the budget keeps available, so that no eviction is allowed and no node can be drained.',
  fix: 'Set `maxUnavailable: 1` in place of `minAvailable`.',
  peers: ['polaris/pdbMinAvailableGreaterThanHPAMinReplicas'],

  *check(inventory) {
    for (const { resource, minAvailable, workloads } of budgetsIn(inventory)) {
      if (minAvailable === undefined) continue;
      for (const workload of workloads) {
        const autoscaler = autoscalerOf(inventory, workload);
        if (autoscaler === undefined) continue;
        const { minimum } = autoscaler;
        if (availableOf(minAvailable, minimum) <= minimum) continue;
        const { kind, name } = autoscaler.resource.id;
        yield {
          resource,
          at: ['spec', 'minAvailable'],
          message: `PodDisruptionBudget "${resource.id.name}" keeps ${String(minAvailable)} pods available, and ${kind} "${name}" may scale down to ${minimum}`,
        };
      }
    }
  },
} satisfies ClusterPolicy;
