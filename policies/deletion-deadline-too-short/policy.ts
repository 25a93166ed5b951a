import { mapping, number } from '../../scripts/core/fields.ts';
import type { PodPolicy } from '../../scripts/core/policy.ts';
import { containersOf, titleOf } from '../../scripts/core/workload.ts';

export default {
  id: 'deletion-deadline-too-short',
  of: 'pod',
  severity: 'error',
  default: 'in-clusters',
  title: 'Container is ended while it still waits to stop',
  why: 'The grace period holds for the `preStop` sleep and for the program after it: what is too short cuts off requests at each rollout.',
  fix: 'Set `terminationGracePeriodSeconds` above the sleep, by as much as the program needs to finish its requests.',

  *check(spec) {
    const grace = number(spec.terminationGracePeriodSeconds) ?? 30;
    for (const container of containersOf(spec)) {
      const { sleep } = mapping(mapping(container.value.lifecycle).preStop);
      const seconds = number(mapping(sleep).seconds);
      // A sleep above the grace period is refused by the API server.
      if (seconds !== grace) continue;
      yield {
        at: [...container.at, 'lifecycle', 'preStop', 'sleep', 'seconds'],
        message: `${titleOf(container)} sleeps ${seconds} s before it stops, and its pod is ended after ${grace} s`,
      };
    }
  },
} satisfies PodPolicy;
