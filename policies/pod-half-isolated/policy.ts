import { isolating } from '../../scripts/core/isolation.ts';
import type { ClusterPolicy } from '../../scripts/core/policy.ts';

export default {
  id: 'pod-half-isolated',
  of: 'cluster',
  severity: 'warning',
  default: 'in-clusters',
  title: 'NetworkPolicies guard one direction only',
  why: 'What comes in is limited and what goes out is not, or the other way round.',
  fix: 'Deny both by default: `policyTypes: [Ingress, Egress]`.',
  peers: ['kube-score/pod-networkpolicy', 'polaris/missingNetworkPolicy'],

  *check(inventory) {
    for (const workload of inventory.workloads) {
      const inward = isolating(inventory, workload, 'Ingress').length > 0;
      const outward = isolating(inventory, workload, 'Egress').length > 0;
      if (inward === outward) continue;
      const { resource } = workload;
      yield {
        resource,
        at: ['metadata', 'name'],
        message: `NetworkPolicies guard what ${inward ? 'comes into' : 'leaves'} the pods of ${resource.id.kind} "${resource.id.name}", and not what ${inward ? 'leaves them' : 'comes in'}`,
      };
    }
  },
} satisfies ClusterPolicy;
