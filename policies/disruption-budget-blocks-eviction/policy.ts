import { allowsNone, availableOf, budgetsIn } from '../../scripts/core/budget.ts';
import type { ClusterPolicy } from '../../scripts/core/policy.ts';
import { countOf } from '../../scripts/core/scaling.ts';

export default {
  id: 'disruption-budget-blocks-eviction',
  of: 'cluster',
  severity: 'error',
  default: 'on',
  title: 'Disruption budget allows no eviction',
  why: 'A node that holds such a pod can never be drained: updates of the cluster stop there until somebody removes the pod by hand.',
  fix: 'Set `maxUnavailable: 1`, and run at least two replicas.',
  peers: ['kube-linter/pdb-max-unavailable', 'kube-linter/pdb-min-available', 'polaris/pdbDisruptionsIsZero'],

  *check(inventory) {
    for (const budget of budgetsIn(inventory)) {
      const { resource, minAvailable, maxUnavailable } = budget;
      const title = `PodDisruptionBudget "${resource.id.name}"`;
      if (allowsNone(budget)) {
        const field = maxUnavailable === undefined ? 'minAvailable' : 'maxUnavailable';
        yield {
          resource,
          at: ['spec', field],
          message: `${title} has "${field}: ${String(maxUnavailable ?? minAvailable)}", which allows no eviction`,
        };
        continue;
      }
      if (minAvailable === undefined) continue;
      for (const workload of budget.workloads) {
        const replicas = countOf(inventory, workload);
        if (replicas === undefined) continue;
        if (replicas === 0 || availableOf(minAvailable, replicas) < replicas) continue;
        const { kind, name } = workload.resource.id;
        yield {
          resource,
          at: ['spec', 'minAvailable'],
          message: `${title} keeps ${String(minAvailable)} pods available, and ${kind} "${name}" has ${replicas}: no eviction is allowed`,
        };
      }
    }
  },
} satisfies ClusterPolicy;
