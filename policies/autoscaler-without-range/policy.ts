import type { ClusterPolicy } from '../../scripts/core/policy.ts';

import { autoscalersIn } from '../../scripts/core/scaling.ts';

export default {
  id: 'autoscaler-without-range',
  of: 'cluster',
  severity: 'warning',
  default: 'on',
  title: 'Autoscaler has nothing to scale between',
  why: 'Its maximum is not above its minimum, so that it never adds a pod, whatever the load.',
  fix: 'Set `maxReplicas` above `minReplicas`, or remove the autoscaler and set `replicas`.',
  peers: ['polaris/hpaMaxAvailability'],

  *check(inventory) {
    for (const { resource, minimum, maximum } of autoscalersIn(inventory)) {
      if (maximum === undefined || maximum > minimum) continue;
      yield {
        resource,
        at: ['spec', resource.id.kind === 'ScaledObject' ? 'maxReplicaCount' : 'maxReplicas'],
        message: `${resource.id.kind} "${resource.id.name}" scales between ${minimum} and ${maximum}, expected a maximum above the minimum`,
      };
    }
  },
} satisfies ClusterPolicy;
