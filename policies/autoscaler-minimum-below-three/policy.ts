import type { ClusterPolicy } from '../../scripts/core/policy.ts';

import { autoscalersIn } from '../../scripts/core/scaling.ts';

export default {
  id: 'autoscaler-minimum-below-three',
  of: 'cluster',
  severity: 'warning',
  default: 'off',
  title: 'Autoscaler may leave fewer than three pods',
  why: 'With three, one can be replaced while another fails. Off by default: how many are enough depends on the service.',
  fix: 'Set `minReplicas` to three or more.',
  peers: ['kube-linter/hpa-minimum-three-replicas'],

  *check(inventory) {
    for (const { resource, minimum, minimumPath } of autoscalersIn(inventory)) {
      if (minimum >= 3) continue;
      yield {
        resource,
        at: minimumPath,
        message: `${resource.id.kind} "${resource.id.name}" may scale down to ${minimum}, expected a minimum of three or more`,
      };
    }
  },
} satisfies ClusterPolicy;
