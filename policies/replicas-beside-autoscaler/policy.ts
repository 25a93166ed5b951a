import type { ClusterPolicy } from '../../scripts/core/policy.ts';

import { autoscalerOf, replicasOf } from '../../scripts/core/scaling.ts';

export default {
  id: 'replicas-beside-autoscaler',
  of: 'cluster',
  severity: 'error',
  default: 'on',
  title: 'Workload writes the number that its autoscaler sets',
  why: 'Each sync puts the written number back: at the busiest hour the pods that the autoscaler added are taken away.',
  fix: 'Remove `replicas` from the workload.',
  peers: ['kube-score/deployment-targeted-by-hpa-does-not-have-replicas-configured'],

  *check(inventory) {
    for (const workload of inventory.workloads) {
      const replicas = replicasOf(workload.resource);
      if (replicas === undefined) continue;
      const autoscaler = autoscalerOf(inventory, workload);
      if (autoscaler === undefined) continue;
      const { kind, name } = workload.resource.id;
      const by = autoscaler.resource.id;
      yield {
        resource: workload.resource,
        at: ['spec', 'replicas'],
        message: `${kind} "${name}" writes ${replicas} replicas, which ${by.kind} "${by.name}" sets`,
      };
    }
  },
} satisfies ClusterPolicy;
