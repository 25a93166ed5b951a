import { items, mapping } from '../../scripts/core/fields.ts';
import { isolating } from '../../scripts/core/isolation.ts';
import type { ClusterPolicy } from '../../scripts/core/policy.ts';
import type { Resource } from '../../scripts/core/resource.ts';

export default {
  id: 'network-rules-missing',
  of: 'cluster',
  severity: 'warning',
  default: 'off',
  title: 'No NetworkPolicy of the pods has rules for both directions',
  why: 'What may come in and what may go out then stand in several places, or one of them is denied altogether. Off by default: to deny both by default and to allow each in a policy of its own is good practice.',
  fix: 'Write `ingress` and `egress` rules into one NetworkPolicy that selects the pods.',
  peers: ['polaris/missingNetworkPolicy'],

  *check(inventory) {
    for (const workload of inventory.workloads) {
      const policies = [
        ...isolating(inventory, workload, 'Ingress'),
        ...isolating(inventory, workload, 'Egress'),
      ];
      // Without any policy pod-without-network-policy speaks.
      if (policies.length === 0 || policies.some(rulesBoth)) continue;
      const { resource } = workload;
      yield {
        resource,
        at: ['metadata', 'name'],
        message: `No NetworkPolicy of the pods of ${resource.id.kind} "${resource.id.name}" has rules for both directions`,
      };
    }
  },
} satisfies ClusterPolicy;

function rulesBoth({ manifest }: Resource): boolean {
  const { ingress, egress, policyTypes } = mapping(manifest.spec);
  const types = items(policyTypes);
  const isOfBoth = policyTypes === undefined || (types.includes('Ingress') && types.includes('Egress'));
  return isOfBoth && items(ingress).length > 0 && items(egress).length > 0;
}
