import type { ResourcePolicy } from '../../scripts/core/policy.ts';
import { isMapping } from '../../scripts/core/value.ts';
import { containersOf, podOf, runsToCompletion, titleOf } from '../../scripts/core/workload.ts';

export default {
  id: 'liveness-probe-missing',
  of: 'resource',
  severity: 'error',
  default: 'in-clusters',
  title: 'Container has no liveness probe',
  why: 'A process that hangs without ending is restarted only by a liveness probe; without one it stays hung until someone notices.',
  fix: 'Add a `livenessProbe` that fails only when a restart would help: it must ask nothing of a database or another service.',
  peers: ['kube-linter/no-liveness-probe', 'polaris/livenessProbeMissing'],

  *check(resource) {
    const pod = podOf(resource);
    if (pod === undefined || runsToCompletion(resource)) return;
    for (const container of containersOf(pod.spec)) {
      if (container.role !== 'container' || isMapping(container.value.livenessProbe)) continue;
      yield {
        at: [...pod.path, ...container.at, 'livenessProbe'],
        message: `${titleOf(container)} has no liveness probe`,
      };
    }
  },
} satisfies ResourcePolicy;
