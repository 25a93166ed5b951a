import { mapping, mappings } from '../../scripts/core/fields.ts';
import type { ClusterPolicy } from '../../scripts/core/policy.ts';
import { replicasOf } from '../../scripts/core/scaling.ts';
import { selects } from '../../scripts/core/selector.ts';
import type { Pod } from '../../scripts/core/workload.ts';

const APART = ['kubernetes.io/hostname', 'topology.kubernetes.io/zone'];

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
    for (const { resource, pod } of inventory.workloads) {
      const { kind, name } = resource.id;
      if (!['Deployment', 'StatefulSet', 'ReplicaSet', 'Rollout'].includes(kind)) continue;
      // An unwritten number may be an autoscaler's.
      if ((replicasOf(resource) ?? 2) < 2 || isSpread(pod)) continue;
      yield {
        resource,
        at: [...pod.path, 'topologySpreadConstraints'],
        message: `Nothing keeps the pods of ${kind} "${name}" on different nodes`,
      };
    }
  },
} satisfies ClusterPolicy;

function isSpread({ spec, labels }: Pod): boolean {
  for (const [, { topologyKey, labelSelector }] of mappings(spec.topologySpreadConstraints)) {
    if (APART.includes(String(topologyKey)) && selects(labelSelector, labels)) return true;
  }
  const affinity = mapping(mapping(spec.affinity).podAntiAffinity);
  const terms = [
    ...[...mappings(affinity.requiredDuringSchedulingIgnoredDuringExecution)].map(([, term]) => term),
    ...[...mappings(affinity.preferredDuringSchedulingIgnoredDuringExecution)].map(([, preferred]) =>
      mapping(preferred.podAffinityTerm),
    ),
  ];
  return terms.some(
    ({ topologyKey, labelSelector }) =>
      topologyKey === 'kubernetes.io/hostname' && selects(labelSelector, labels),
  );
}
