import { mapping } from '../../scripts/core/fields.ts';
import type { ResourcePolicy } from '../../scripts/core/policy.ts';

export default {
  id: 'broken-pods-block-eviction',
  of: 'resource',
  severity: 'warning',
  default: 'in-clusters',
  title: 'Pods that never become ready hold up a drain',
  why: 'Unless it is told otherwise, a disruption budget protects broken pods like healthy ones: a crashing rollout then stops the update of the nodes.',
  fix: 'Set `unhealthyPodEvictionPolicy: AlwaysAllow`.',
  kinds: ['PodDisruptionBudget'],
  peers: ['kube-linter/pdb-unhealthy-pod-eviction-policy'],

  *check({ id, manifest }) {
    if (mapping(manifest.spec).unhealthyPodEvictionPolicy !== undefined) return;
    yield {
      at: ['spec', 'unhealthyPodEvictionPolicy'],
      message: `PodDisruptionBudget "${id.name}" protects broken pods too, expected "unhealthyPodEvictionPolicy: AlwaysAllow"`,
      edit: { set: 'AlwaysAllow' },
    };
  },
} satisfies ResourcePolicy;
