import type { ResourcePolicy } from '../../scripts/core/policy.ts';

import { isMapping } from '../../scripts/core/value.ts';
import { containersOf, podOf, runsToCompletion, titleOf } from '../../scripts/core/workload.ts';

export default {
  id: 'readiness-unknown',
  of: 'resource',
  severity: 'warning',
  default: 'off',
  title: 'Container says nothing of its readiness',
  why: 'A rollout goes on as soon as the process has started. Off by default: readiness-probe-missing asks it where a Service sends traffic, and elsewhere `minReadySeconds` may do.',
  fix: 'Add a `readinessProbe`.',
  peers: ['kube-linter/no-readiness-probe', 'polaris/readinessProbeMissing'],

  *check(resource) {
    const pod = podOf(resource);
    if (pod === undefined || runsToCompletion(resource)) return;
    for (const container of containersOf(pod.spec)) {
      if (container.role !== 'container' || isMapping(container.value.readinessProbe)) continue;
      yield {
        at: [...pod.path, ...container.at, 'readinessProbe'],
        message: `${titleOf(container)} has no readiness probe`,
      };
    }
  },
} satisfies ResourcePolicy;
