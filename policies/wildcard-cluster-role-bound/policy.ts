import type { ClusterPolicy } from '../../scripts/core/policy.ts';
import { bindingsOfEverything } from '../../scripts/core/rbac.ts';

export default {
  id: 'wildcard-cluster-role-bound',
  of: 'cluster',
  severity: 'warning',
  default: 'on',
  title: 'Binding grants everything, by a ClusterRole',
  why: 'The role allows every verb on every resource: whoever breaks into one of its pods owns the cluster, or with a RoleBinding the namespace.',
  fix: 'List the resources and verbs that are needed.',
  peers: ['polaris/clusterrolebindingClusterAdmin', 'polaris/rolebindingClusterAdminClusterRole'],

  check: (inventory) => bindingsOfEverything(inventory, 'ClusterRole'),
} satisfies ClusterPolicy;
