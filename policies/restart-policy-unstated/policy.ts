import type { ResourcePolicy } from '../../scripts/core/policy.ts';
import { podOf, runsToCompletion } from '../../scripts/core/workload.ts';

export default {
  id: 'restart-policy-unstated',
  of: 'resource',
  severity: 'warning',
  default: 'off',
  title: 'Pod does not say that its containers are restarted',
  why: 'A container that ends may stay ended. Off by default: `Always` is the default, and `Never` is right for many Jobs.',
  fix: 'Set `restartPolicy` to `Always` or `OnFailure`.',
  peers: ['kube-linter/restart-policy'],

  *check(resource) {
    const pod = podOf(resource);
    if (pod === undefined) return;
    const { restartPolicy } = pod.spec;
    if (restartPolicy === 'Always' || restartPolicy === 'OnFailure') return;
    // Where the kind takes no other policy the API server speaks of the field itself.
    const isFree = resource.id.kind === 'Pod' || (runsToCompletion(resource) && restartPolicy !== undefined);
    yield {
      at: isFree ? [...pod.path, 'restartPolicy'] : pod.path,
      message: `Pod has ${restartPolicy === undefined ? 'no restart policy' : `the restart policy "${String(restartPolicy)}"`}, expected "Always" or "OnFailure"`,
    };
  },
} satisfies ResourcePolicy;
