import type { ClusterPolicy } from '../../scripts/core/policy.ts';

import { countOf } from '../../scripts/core/scaling.ts';

export default {
  id: 'fewer-than-three-replicas',
  of: 'cluster',
  severity: 'warning',
  default: 'off',
  title: 'Workload has fewer than three replicas',
  why: 'When one of two pods is replaced while the node of the other fails, nobody is served. Off by default: how many are enough depends on the service.',
  fix: 'Set `replicas` to three or more, or give the workload an autoscaler.',
  peers: ['kube-linter/minimum-three-replicas'],

  *check(inventory) {
    for (const workload of inventory.workloads) {
      const { kind, name } = workload.resource.id;
      const replicas = countOf(inventory, workload);
      if (replicas === undefined || replicas >= 3) continue;
      yield {
        resource: workload.resource,
        at: ['spec', 'replicas'],
        message: `${kind} "${name}" has ${replicas === 1 ? 'a single replica' : `${replicas} replicas`}, expected three or more`,
      };
    }
  },
} satisfies ClusterPolicy;
