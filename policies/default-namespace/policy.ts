import type { ResourcePolicy } from '../../scripts/core/policy.ts';

import { podOf } from '../../scripts/core/workload.ts';

const KINDS = new Set([
  'HorizontalPodAutoscaler',
  'NetworkPolicy',
  'Role',
  'RoleBinding',
  'Service',
  'ServiceAccount',
]);

export default {
  id: 'default-namespace',
  of: 'resource',
  severity: 'warning',
  default: 'off',
  title: 'Object goes to the namespace "default"',
  why: 'There it shares rights, quotas and policies with everything that nobody placed. Off by default: an Application’s destination names the namespace of what names none.',
  fix: 'Set `metadata.namespace`, or `namespace:` in the kustomization.',
  peers: ['kube-linter/use-namespace'],

  *check(resource) {
    const { kind, name, namespace } = resource.id;
    if (!KINDS.has(kind) && podOf(resource) === undefined) return;
    if (namespace !== undefined && namespace !== '' && namespace !== 'default') return;
    yield {
      at: ['metadata', 'namespace'],
      message: `${kind} "${name}" ${namespace === 'default' ? 'names the namespace "default"' : 'names no namespace'}`,
    };
  },
} satisfies ResourcePolicy;
