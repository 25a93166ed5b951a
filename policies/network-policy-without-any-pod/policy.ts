import { mapping } from '../../scripts/core/fields.ts';
import type { ClusterPolicy } from '../../scripts/core/policy.ts';
import { selectsAll } from '../../scripts/core/selector.ts';

export default {
  id: 'network-policy-without-any-pod',
  of: 'cluster',
  severity: 'warning',
  default: 'off',
  title: 'NetworkPolicy for all pods of a namespace that has none',
  why: 'It guards nothing yet. Off by default: that is how one denies by default before the first pod comes.',
  fix: 'Remove it, or correct its namespace.',
  category: 'reference',
  peers: ['kube-linter/dangling-networkpolicy', 'kube-score/networkpolicy-targets-pod'],

  *check(inventory) {
    for (const resource of inventory.ofKind('networking.k8s.io', 'NetworkPolicy')) {
      const namespace = inventory.namespaceOf(resource);
      if (!selectsAll(mapping(resource.manifest.spec).podSelector)) continue;
      if (inventory.workloadsIn(namespace).length > 0) continue;
      yield {
        resource,
        at: ['spec', 'podSelector'],
        message: `NetworkPolicy "${resource.id.name}" selects all pods, and namespace "${namespace}" has none`,
      };
    }
  },
} satisfies ClusterPolicy;
