import type { ClusterPolicy } from '../../scripts/core/policy.ts';

import { autoscalerOf, replicasOf } from '../../scripts/core/scaling.ts';

export default {
  id: 'fewer-than-two-replicas',
  of: 'cluster',
  severity: 'warning',
  default: 'off',
  title: 'Deployment writes fewer than two replicas',
  why: 'While its pod restarts or moves there is none. Off by default: single-replica asks it of what serves traffic, and a controller is often meant to run once.',
  fix: 'Set `replicas` to two or more.',
  peers: ['polaris/deploymentMissingReplicas'],

  *check(inventory) {
    for (const workload of inventory.workloads) {
      const { kind, name } = workload.resource.id;
      if (kind !== 'Deployment') continue;
      const replicas = replicasOf(workload.resource);
      if ((replicas ?? 1) >= 2 || autoscalerOf(inventory, workload) !== undefined) continue;
      yield {
        resource: workload.resource,
        at: ['spec', 'replicas'],
        message: `Deployment "${name}" ${replicas === undefined ? 'writes no number of replicas, which means one' : `has ${replicas === 1 ? 'a single replica' : 'no replica'}`}, expected two or more`,
      };
    }
  },
} satisfies ClusterPolicy;
