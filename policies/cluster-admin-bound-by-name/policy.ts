import { mapping } from '../../scripts/core/fields.ts';
import type { ResourcePolicy } from '../../scripts/core/policy.ts';

export default {
  id: 'cluster-admin-bound-by-name',
  of: 'resource',
  severity: 'warning',
  default: 'off',
  title: 'ClusterRoleBinding "cluster-admin" is part of these manifests',
  why: 'Kubernetes makes it itself; a copy may add subjects. Off by default, since cluster-admin-bound looks at every other.',
  fix: 'Remove it.',
  kinds: ['ClusterRoleBinding'],
  peers: ['kube-linter/cluster-admin-role-binding'],

  *check({ id, manifest }) {
    const { kind, name } = mapping(manifest.roleRef);
    if (kind !== 'ClusterRole' || name !== 'cluster-admin' || id.name !== 'cluster-admin') return;
    yield {
      at: ['metadata', 'name'],
      message: `ClusterRoleBinding "${id.name}" is made by Kubernetes itself`,
    };
  },
} satisfies ResourcePolicy;
