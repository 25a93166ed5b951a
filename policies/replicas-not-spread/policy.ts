import type { ClusterPolicy } from '../../scripts/core/policy.ts';
import { hasSeveral } from '../../scripts/core/scaling.ts';
import { isSpread } from '../../scripts/core/spread.ts';

export default {
  id: 'replicas-not-spread',
  of: 'cluster',
  severity: 'warning',
  default: 'in-clusters',
  title: 'Nothing keeps the replicas apart',
  why: 'The scheduler may put all pods on one node, and its loss takes them all.',
  fix: 'Add `topologySpreadConstraints` over `topology.kubernetes.io/zone` and `kubernetes.io/hostname` that select the pod’s own labels.',
  peers: [
    'kube-linter/no-anti-affinity',
    'kube-score/deployment-has-host-podantiaffinity',
    'kube-score/statefulset-has-host-podantiaffinity',
  ],

  *check(inventory) {
    for (const workload of inventory.workloads) {
      const { resource, pod } = workload;
      const { kind, name } = resource.id;
      if (!hasSeveral(inventory, workload) || isSpread(pod, workload.namespace)) continue;
      yield {
        resource,
        at: [...pod.path, 'topologySpreadConstraints'],
        message: `Nothing keeps the pods of ${kind} "${name}" on different nodes`,
      };
    }
  },
} satisfies ClusterPolicy;
