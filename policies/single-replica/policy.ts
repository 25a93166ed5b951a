import type { ClusterPolicy } from '../../scripts/core/policy.ts';

import { aimsAtNothing, autoscalerOf, autoscalersIn, replicasOf } from '../../scripts/core/scaling.ts';
import { isServed } from '../../scripts/core/traffic.ts';

export default {
  id: 'single-replica',
  of: 'cluster',
  severity: 'error',
  default: 'in-clusters',
  title: 'One pod serves all of a Service',
  why: 'While it restarts, moves to another node or is replaced, nobody is served.',
  fix: 'Set `replicas` to two or more, or give the workload an autoscaler.',
  peers: ['kube-score/deployment-replicas'],

  *check(inventory) {
    for (const workload of inventory.workloads) {
      const { kind, name } = workload.resource.id;
      if (kind !== 'Deployment' && kind !== 'Rollout') continue;
      const replicas = replicasOf(workload.resource) ?? 1;
      if (replicas >= 2 || !isServed(inventory, workload) || autoscalerOf(inventory, workload) !== undefined)
        continue;
      // One that misses its target most likely means this workload: missing-scale-target says so.
      const missed = autoscalersIn(inventory).some(
        (each) => each.namespace === workload.namespace && aimsAtNothing(inventory, each),
      );
      if (missed) continue;
      yield {
        resource: workload.resource,
        at: ['spec', 'replicas'],
        message: `${kind} "${name}" serves with ${replicas === 1 ? 'a single replica' : 'no replica'}, expected two or more`,
      };
    }
  },
} satisfies ClusterPolicy;
