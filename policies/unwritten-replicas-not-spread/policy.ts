import type { ClusterPolicy } from '../../scripts/core/policy.ts';

import { hasSeveral, replicasOf } from '../../scripts/core/scaling.ts';
import { isSpread } from '../../scripts/core/spread.ts';

export default {
  id: 'unwritten-replicas-not-spread',
  of: 'cluster',
  severity: 'warning',
  default: 'off',
  title: 'Nothing keeps replicas apart, should there be several',
  why: 'A workload that writes no number of replicas may be scaled by somebody. Off by default: replicas-not-spread looks at those that have several.',
  fix: 'Add `topologySpreadConstraints` or pod anti-affinity over `kubernetes.io/hostname`.',
  peers: [
    'kube-score/deployment-has-host-podantiaffinity',
    'kube-score/statefulset-has-host-podantiaffinity',
  ],

  *check(inventory) {
    for (const workload of inventory.workloads) {
      const { resource, pod } = workload;
      const { kind, name } = resource.id;
      if ((kind !== 'Deployment' && kind !== 'StatefulSet') || replicasOf(resource) !== undefined) continue;
      if (hasSeveral(inventory, workload) || isSpread(pod, workload.namespace)) continue;
      yield {
        resource,
        at: ['spec', 'replicas'],
        message: `${kind} "${name}" writes no number of replicas, and nothing would keep several apart`,
      };
    }
  },
} satisfies ClusterPolicy;
