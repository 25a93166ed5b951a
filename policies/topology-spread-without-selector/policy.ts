import { mappings } from '../../scripts/core/fields.ts';
import type { PodPolicy } from '../../scripts/core/policy.ts';

export default {
  id: 'topology-spread-without-selector',
  of: 'pod',
  severity: 'error',
  default: 'on',
  title: 'Topology spread constraint counts no pod',
  why: 'It counts the pods that its selector matches. Without one it spreads nothing, and looks as if it did.',
  fix: 'Add a `labelSelector` that matches the labels of the pod template.',
  peers: ['kube-score/pod-topology-spread-constraints'],

  *check(spec) {
    for (const [index, { labelSelector }] of mappings(spec.topologySpreadConstraints)) {
      if (labelSelector !== undefined && labelSelector !== null) continue;
      yield {
        at: ['topologySpreadConstraints', index, 'labelSelector'],
        message: 'Topology spread constraint has no label selector, and counts no pod',
      };
    }
  },
} satisfies PodPolicy;
