import { mapping } from '../../scripts/core/fields.ts';
import { hasUnknownPods } from '../../scripts/core/pod-makers.ts';
import type { ClusterPolicy } from '../../scripts/core/policy.ts';
import { describeSelector, selects, selectsAll } from '../../scripts/core/selector.ts';

export default {
  id: 'network-policy-without-pods',
  of: 'cluster',
  severity: 'warning',
  default: 'on',
  title: 'NetworkPolicy selects no pod',
  why: 'It guards nothing, and looks as if it did.',
  fix: 'Let `spec.podSelector` match labels of the pod template that is meant.',
  category: 'reference',
  peers: ['kube-linter/dangling-networkpolicy', 'kube-score/networkpolicy-targets-pod'],

  *check(inventory) {
    for (const resource of inventory.ofKind('networking.k8s.io', 'NetworkPolicy')) {
      const { podSelector } = mapping(resource.manifest.spec);
      const namespace = inventory.namespaceOf(resource);
      const workloads = inventory.workloadsIn(namespace);
      // An empty selector is for all pods that will ever be there.
      if (selectsAll(podSelector) || workloads.some(({ pod }) => selects(podSelector, pod.labels))) continue;
      if (inventory.extent === 'part' && workloads.length === 0) continue;
      if (hasUnknownPods(inventory, namespace)) continue;
      yield {
        resource,
        at: ['spec', 'podSelector'],
        message: `NetworkPolicy "${resource.id.name}" selects "${describeSelector(podSelector)}", and no pod in namespace "${namespace}" has these labels`,
      };
    }
  },
} satisfies ClusterPolicy;
