import type { PodPolicy } from '../../scripts/core/policy.ts';
import { containersOf } from '../../scripts/core/workload.ts';

export default {
  id: 'several-containers-in-a-pod',
  of: 'pod',
  severity: 'error',
  default: 'in-clusters',
  title: 'Pod runs more than one container',
  why: 'Containers of a pod restart, scale and move together: a fault in one takes the others down.',
  fix: 'Give each container a Deployment of its own, or make a helper a native sidecar (an init container with `restartPolicy: Always`).',

  *check(spec) {
    const main = containersOf(spec).filter(({ role }) => role === 'container');
    for (const container of main.slice(1)) {
      yield {
        at: container.at,
        message: `Container "${container.name}" shares the pod of container "${main[0]?.name}", expected one container`,
      };
    }
  },
} satisfies PodPolicy;
