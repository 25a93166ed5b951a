import { items, mapping } from '../../scripts/core/fields.ts';
import { admits, isolating } from '../../scripts/core/isolation.ts';
import type { ClusterPolicy } from '../../scripts/core/policy.ts';

export default {
  id: 'dns-blocked-by-network-policy',
  of: 'cluster',
  severity: 'error',
  default: 'on',
  title: 'Pods may go out and cannot look up names',
  why: 'NetworkPolicies allow them some traffic and not DNS: every connection by name fails.',
  fix: 'Allow egress to port 53, UDP and TCP.',
  category: 'reference',

  *check(inventory) {
    for (const workload of inventory.workloads) {
      const policies = isolating(inventory, workload, 'Egress');
      // With no rule at all nothing is to go out, names included.
      const rules = policies.flatMap((policy) => items(mapping(policy.manifest.spec).egress));
      if (rules.length === 0) continue;
      if ([53, 5353, 1053].some((port) => admits(policies, 'Egress', { protocol: 'UDP', port, name: 'dns' })))
        continue;
      const { resource } = workload;
      yield {
        resource,
        at: ['metadata', 'name'],
        message: `NetworkPolicies let the pods of ${resource.id.kind} "${resource.id.name}" out, and not to port 53 for DNS`,
      };
    }
  },
} satisfies ClusterPolicy;
