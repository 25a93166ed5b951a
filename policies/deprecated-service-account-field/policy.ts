import type { PodPolicy } from '../../scripts/core/policy.ts';

export default {
  id: 'deprecated-service-account-field',
  of: 'pod',
  severity: 'warning',
  default: 'on',
  title: 'Pod names its ServiceAccount in the old field',
  why: '`serviceAccount` is deprecated, and where both fields are set and differ the pod is refused or runs as the other one.',
  fix: 'Write `serviceAccountName` in its place.',
  peers: ['kube-linter/deprecated-service-account-field'],

  *check(spec) {
    const { serviceAccount, serviceAccountName } = spec;
    // The API server writes both: equal ones are what `kubectl get -o yaml` gives.
    if (serviceAccount === undefined || serviceAccount === '' || serviceAccount === serviceAccountName)
      return;
    yield {
      at: ['serviceAccount'],
      ...(serviceAccountName === undefined ? { edit: { rename: 'serviceAccountName' } } : {}),
      message: `Pod names its ServiceAccount "${String(serviceAccount)}" in "serviceAccount", expected "serviceAccountName"`,
    };
  },
} satisfies PodPolicy;
