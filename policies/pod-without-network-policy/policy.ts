import { isolating } from '../../scripts/core/isolation.ts';
import type { ClusterPolicy } from '../../scripts/core/policy.ts';

export default {
  id: 'pod-without-network-policy',
  of: 'cluster',
  severity: 'error',
  default: 'in-clusters',
  title: 'No NetworkPolicy guards the pods',
  why: 'Every pod of the cluster can reach them, and they can reach everything: one that is broken into opens the rest.',
  fix: 'Add a NetworkPolicy that denies by default for the namespace, and one that allows what is needed.',
  peers: ['kube-linter/non-isolated-pod', 'kube-score/pod-networkpolicy', 'polaris/missingNetworkPolicy'],

  *check(inventory) {
    for (const workload of inventory.workloads) {
      if (isolating(inventory, workload, 'Ingress').length > 0) continue;
      if (isolating(inventory, workload, 'Egress').length > 0) continue;
      const { resource } = workload;
      yield {
        resource,
        at: ['metadata', 'name'],
        message: `No NetworkPolicy guards the pods of ${resource.id.kind} "${resource.id.name}"`,
      };
    }
  },
} satisfies ClusterPolicy;
