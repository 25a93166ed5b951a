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
  why: 'It counts the pods that its selector matches. With the labels of others it spreads nothing, and looks as if it did.',
  fix: 'Let `labelSelector` match the labels of the pod template.',

  *check(resource) {
    const pod = podOf(resource);
    if (pod === undefined) return;
    for (const [index, { labelSelector }] of mappings(pod.spec.topologySpreadConstraints)) {
      // Without any topology-spread-without-selector speaks.
      if (labelSelector === undefined || labelSelector === null || selects(labelSelector, pod.labels))
        continue;
      yield {
        at: [...pod.path, 'topologySpreadConstraints', index, 'labelSelector'],
        message: `Topology spread constraint counts pods with "${describeSelector(labelSelector)}", and its own have other labels`,
      };
    }
  },
} satisfies ResourcePolicy;
