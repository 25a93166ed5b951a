import { mapping } from '../../scripts/core/fields.ts';
import type { ClusterPolicy } from '../../scripts/core/policy.ts';

import { autoscalersIn } from '../../scripts/core/scaling.ts';

export default {
  id: 'autoscaler-minimum-below-two',
  of: 'cluster',
  severity: 'error',
  default: 'in-clusters',
  title: 'Autoscaler may leave a single pod',
  why: 'At the quietest hour one pod serves, and while it restarts or moves nobody is served.',
  fix: 'Set `minReplicas` to two or more: three to survive the loss of a zone.',
  peers: ['kube-score/horizontalpodautoscaler-replicas', 'polaris/hpaMinAvailability'],

  *check(inventory) {
    for (const { resource, minimum, minimumPath } of autoscalersIn(inventory)) {
      // One that is not written is autoscaler-minimum-unwritten's to say.
      const field = String(minimumPath.at(-1));
      if (minimum >= 2 || mapping(resource.manifest.spec)[field] === undefined) continue;
      yield {
        resource,
        at: minimumPath,
        message: `${resource.id.kind} "${resource.id.name}" may scale down to ${minimum}, expected a minimum of two or more`,
      };
    }
  },
} satisfies ClusterPolicy;
