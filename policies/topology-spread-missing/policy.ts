import { items } from '../../scripts/core/fields.ts';
import type { ResourcePolicy } from '../../scripts/core/policy.ts';
import { podOf, runsToCompletion } from '../../scripts/core/workload.ts';

export default {
  id: 'topology-spread-missing',
  of: 'resource',
  severity: 'warning',
  default: 'off',
  title: 'Pod has no topology spread constraints',
  why: 'Off by default: replicas-not-spread asks it of what has more than one replica, and takes anti-affinity too.',
  fix: 'Add `topologySpreadConstraints`.',
  peers: ['polaris/topologySpreadConstraint'],

  *check(resource) {
    const pod = podOf(resource);
    if (pod === undefined || runsToCompletion(resource)) return;
    if (items(pod.spec.topologySpreadConstraints).length > 0) return;
    yield {
      at: [...pod.path, 'topologySpreadConstraints'],
      message: `${resource.id.kind} "${resource.id.name}" has no topology spread constraints`,
    };
  },
} satisfies ResourcePolicy;
