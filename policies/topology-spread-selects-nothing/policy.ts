import { mappings } from '../../scripts/core/fields.ts';
import type { ResourcePolicy } from '../../scripts/core/policy.ts';
import { describeSelector, selects } from '../../scripts/core/selector.ts';
import { podOf } from '../../scripts/core/workload.ts';

export default {
  id: 'topology-spread-selects-nothing',
  of: 'resource',
  severity: 'error',
  default: 'on',
  title: 'Topology spread constraint does not count the pod’s own kind',
  why: 'It counts the pods that its selector matches. Without a selector, or with that of others, it spreads nothing and looks as if it did.',
  fix: 'Let `labelSelector` match the labels of the pod template.',
  peers: ['kube-score/pod-topology-spread-constraints'],

  *check(resource) {
    const pod = podOf(resource);
    if (pod === undefined) return;
    for (const [index, { labelSelector }] of mappings(pod.spec.topologySpreadConstraints)) {
      if (selects(labelSelector, pod.labels)) continue;
      yield {
        at: [...pod.path, 'topologySpreadConstraints', index, 'labelSelector'],
        message:
          labelSelector === undefined
            ? 'Topology spread constraint has no label selector, and counts no pod'
            : `Topology spread constraint counts pods with "${describeSelector(labelSelector)}", and its own have other labels`,
      };
    }
  },
} satisfies ResourcePolicy;
