import type { PodPolicy } from '../../scripts/core/policy.ts';

export default {
  id: 'restart-policy-unstated',
  of: 'pod',
  severity: 'warning',
  default: 'off',
  title: 'Pod does not say that its containers are restarted',
  why: 'A container that ends may stay ended. Off by default: `Always` is the default, and `Never` is right for many Jobs.',
  fix: 'Set `restartPolicy` to `Always` or `OnFailure`.',
  peers: ['kube-linter/restart-policy'],

  *check(spec) {
    const { restartPolicy } = spec;
    if (restartPolicy === 'Always' || restartPolicy === 'OnFailure') return;
    yield {
      at: ['restartPolicy'],
      message: `Pod has ${restartPolicy === undefined ? 'no restart policy' : `the restart policy "${String(restartPolicy)}"`}, expected "Always" or "OnFailure"`,
    };
  },
} satisfies PodPolicy;
