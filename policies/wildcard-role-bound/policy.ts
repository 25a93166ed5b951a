import type { ClusterPolicy } from '../../scripts/core/policy.ts';
import { bindingsOfEverything } from '../../scripts/core/rbac.ts';

export default {
  id: 'wildcard-role-bound',
  of: 'cluster',
  severity: 'warning',
  default: 'on',
  title: 'Binding grants everything in a namespace',
  why: 'Its role allows every verb on every resource: whoever breaks into one of its pods owns the namespace.',
  fix: 'List the resources and verbs that are needed.',
  peers: ['polaris/rolebindingClusterAdminRole'],

  check: (inventory) => bindingsOfEverything(inventory, 'Role'),
} satisfies ClusterPolicy;
