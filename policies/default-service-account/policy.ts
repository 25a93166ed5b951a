import type { PodPolicy } from '../../scripts/core/policy.ts';

export default {
  id: 'default-service-account',
  of: 'pod',
  severity: 'warning',
  default: 'in-clusters',
  title: 'Pod runs with the ServiceAccount of its namespace',
  why: 'What is granted to one such pod is granted to all of them.',
  fix: 'Create a ServiceAccount for it and name it in `serviceAccountName`.',
  peers: ['kube-linter/default-service-account'],

  *check(spec) {
    // Without a token it is nobody to the API server.
    if (spec.automountServiceAccountToken === false) return;
    const name = spec.serviceAccountName ?? spec.serviceAccount ?? '';
    if (name !== '' && name !== 'default') return;
    yield { at: ['serviceAccountName'], message: 'Pod runs with the ServiceAccount "default"' };
  },
} satisfies PodPolicy;
