import { mapping } from '../../scripts/core/fields.ts';
import type { ResourcePolicy } from '../../scripts/core/policy.ts';
import { isDefault, subjectsOf } from '../../scripts/core/rbac.ts';

export default {
  id: 'cluster-admin-bound',
  of: 'resource',
  severity: 'warning',
  default: 'on',
  title: 'Somebody is made administrator of the cluster',
  why: 'Whoever breaks into one of its pods owns the cluster.',
  fix: 'Write a role with the rights that are needed, and bind that.',
  kinds: ['ClusterRoleBinding', 'RoleBinding'],
  peers: [
    'kube-linter/cluster-admin-role-binding',
    'polaris/clusterrolebindingClusterAdmin',
    'polaris/rolebindingClusterAdminClusterRole',
    'polaris/clusterrolebindingPodExecAttach',
    'polaris/rolebindingClusterRolePodExecAttach',
  ],

  *check(resource) {
    const { kind, name } = mapping(resource.manifest.roleRef);
    if (kind !== 'ClusterRole' || name !== 'cluster-admin' || isDefault(resource)) return;
    if (resource.id.name === 'cluster-admin') return;
    yield {
      at: ['roleRef', 'name'],
      message: `${resource.id.kind} "${resource.id.name}" makes ${subjectsOf(resource)} administrator`,
    };
  },
} satisfies ResourcePolicy;
