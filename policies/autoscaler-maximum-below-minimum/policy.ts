import type { ClusterPolicy } from '../../scripts/core/policy.ts';
import { autoscalersIn } from '../../scripts/core/scaling.ts';

export default {
  id: 'autoscaler-maximum-below-minimum',
  of: 'cluster',
  severity: 'warning',
  default: 'off',
  title: 'Autoscaler’s maximum lies below its minimum',
  why: 'There is no number of pods that it may choose. Off by default, since the API server refuses it and refused-autoscaler says so.',
  fix: 'Set the maximum above the minimum.',
  peers: ['polaris/hpaMaxAvailability'],

  *check(inventory) {
    for (const { resource, minimum, minimumPath, maximum } of autoscalersIn(inventory)) {
      if (maximum === undefined || maximum >= minimum) continue;
      yield {
        resource,
        // Beside what the API server says of the maximum.
        at: minimumPath,
        message: `${resource.id.kind} "${resource.id.name}" has a minimum of ${minimum} and a maximum of ${maximum}`,
      };
    }
  },
} satisfies ClusterPolicy;
