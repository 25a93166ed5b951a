import { budgetsOf } from '../../scripts/core/budget.ts';
import type { ClusterPolicy } from '../../scripts/core/policy.ts';

export default {
  id: 'two-disruption-budgets-on-one-pod',
  of: 'cluster',
  severity: 'error',
  default: 'in-clusters',
  title: 'Two disruption budgets cover the same pods',
  why: 'The API server refuses to evict a pod that two budgets cover: its node can never be drained.',
  fix: 'Keep one of them, or let their selectors tell the pods apart.',

  *check(inventory) {
    for (const workload of inventory.workloads) {
      const [first, ...others] = budgetsOf(inventory, workload);
      const { kind, name } = workload.resource.id;
      for (const { resource } of others) {
        yield {
          resource,
          at: ['spec', 'selector'],
          message: `PodDisruptionBudget "${resource.id.name}" covers the pods of ${kind} "${name}", as "${first?.resource.id.name}" does`,
        };
      }
    }
  },
} satisfies ClusterPolicy;
