import type { ResourcePolicy } from '../../scripts/core/policy.ts';
import { isMapping } from '../../scripts/core/value.ts';
import { containersOf, podOf, runsToCompletion, titleOf } from '../../scripts/core/workload.ts';

export default {
  id: 'startup-probe-missing',
  of: 'resource',
  severity: 'error',
  default: 'in-clusters',
  title: 'Container has no startup probe',
  why: 'Without one the liveness probe counts from the first second: it must be lax enough for the slowest start, or it kills a process that was only starting.',
  fix: 'Add a `startupProbe` whose `periodSeconds` times `failureThreshold` covers the slowest start; the other probes wait for it.',

  *check(resource) {
    const pod = podOf(resource);
    if (pod === undefined || runsToCompletion(resource)) return;
    for (const container of containersOf(pod.spec)) {
      if (container.role !== 'container' || isMapping(container.value.startupProbe)) continue;
      yield {
        at: [...pod.path, ...container.at, 'startupProbe'],
        message: `${titleOf(container)} has no startup probe`,
      };
    }
  },
} satisfies ResourcePolicy;
