import { availableOf, budgetsIn } from '../../scripts/core/budget.ts';
import type { ClusterPolicy } from '../../scripts/core/policy.ts';
import { autoscalerOf } from '../../scripts/core/scaling.ts';

export default {
  id: 'disruption-budget-at-autoscaler-minimum',
  of: 'cluster',
  severity: 'warning',
  default: 'in-clusters',
  title: 'Disruption budget allows no eviction at the autoscaler’s minimum',
  why: 'At the quietest hour, when nodes are usually drained, there are just as many pods as the budget keeps available.',
  fix: 'Set `maxUnavailable: 1` in place of `minAvailable`.',

  *check(inventory) {
    for (const { resource, minAvailable, workloads } of budgetsIn(inventory)) {
      if (minAvailable === undefined) continue;
      for (const workload of workloads) {
        const autoscaler = autoscalerOf(inventory, workload);
        if (autoscaler === undefined || autoscaler.minimum === 0) continue;
        if (availableOf(minAvailable, autoscaler.minimum) !== autoscaler.minimum) continue;
        const { kind, name } = autoscaler.resource.id;
        yield {
          resource,
          at: ['spec', 'minAvailable'],
          message: `PodDisruptionBudget "${resource.id.name}" keeps ${String(minAvailable)} pods available, all that ${kind} "${name}" leaves at its minimum of ${autoscaler.minimum}`,
        };
      }
    }
  },
} satisfies ClusterPolicy;
