import { mapping } from '../../scripts/core/fields.ts';
import type { ClusterPolicy } from '../../scripts/core/policy.ts';
import { autoscalersIn } from '../../scripts/core/scaling.ts';

export default {
  id: 'autoscaler-minimum-unwritten',
  of: 'cluster',
  severity: 'error',
  default: 'in-clusters',
  title: 'Autoscaler names no minimum, and may leave a single pod',
  why: 'Unless it is told otherwise it scales down to one pod, or with KEDA to none: while that pod restarts or moves nobody is served.',
  fix: 'Set `minReplicas` to two or more: three to survive the loss of a zone.',
  peers: ['kube-score/horizontalpodautoscaler-replicas'],

  *check(inventory) {
    for (const { resource, minimum, minimumPath } of autoscalersIn(inventory)) {
      const field = String(minimumPath.at(-1));
      if (minimum >= 2 || mapping(resource.manifest.spec)[field] !== undefined) continue;
      yield {
        resource,
        at: minimumPath,
        message: `${resource.id.kind} "${resource.id.name}" writes no "${field}" and may scale down to ${minimum}, expected two or more`,
      };
    }
  },
} satisfies ClusterPolicy;
