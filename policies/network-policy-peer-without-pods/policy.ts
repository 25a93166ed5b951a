import { mapping, mappings } from '../../scripts/core/fields.ts';
import { hasUnknownPods } from '../../scripts/core/pod-makers.ts';
import type { ClusterPolicy } from '../../scripts/core/policy.ts';
import { describeSelector, selects, selectsAll } from '../../scripts/core/selector.ts';

export default {
  id: 'network-policy-peer-without-pods',
  of: 'cluster',
  severity: 'warning',
  default: 'in-clusters',
  title: 'NetworkPolicy lets in or out pods that do not exist',
  why: 'The traffic that it was written for stays blocked.',
  fix: 'Let the `podSelector` match pods of the same namespace, or add a `namespaceSelector` for those of another.',
  category: 'reference',
  peers: ['kube-linter/dangling-networkpolicypeer-podselector'],

  *check(inventory) {
    for (const resource of inventory.ofKind('networking.k8s.io', 'NetworkPolicy')) {
      const namespace = inventory.namespaceOf(resource);
      const workloads = inventory.workloadsIn(namespace);
      if (hasUnknownPods(inventory, namespace)) continue;
      for (const [field, peers] of [
        ['ingress', 'from'],
        ['egress', 'to'],
      ] as const) {
        for (const [rule, each] of mappings(mapping(resource.manifest.spec)[field])) {
          for (const [index, { podSelector, namespaceSelector }] of mappings(each[peers])) {
            if (podSelector === undefined || namespaceSelector !== undefined || selectsAll(podSelector))
              continue;
            if (workloads.some(({ pod }) => selects(podSelector, pod.labels))) continue;
            const at = ['spec', field, rule, peers, index, 'podSelector'];
            const message = `NetworkPolicy "${resource.id.name}" names pods with "${describeSelector(podSelector)}", and none in namespace "${namespace}" has these labels`;
            yield { resource, at, message };
          }
        }
      }
    }
  },
} satisfies ClusterPolicy;
