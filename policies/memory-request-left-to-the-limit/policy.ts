import type { ContainerPolicy } from '../../scripts/core/policy.ts';
import { isSet } from '../../scripts/core/requirements.ts';
import { titleOf } from '../../scripts/core/workload.ts';

export default {
  id: 'memory-request-left-to-the-limit',
  of: 'container',
  severity: 'warning',
  default: 'off',
  title: 'Memory request is not written and follows the limit',
  why: 'The API server takes the limit as the request, so that a generous limit reserves just as much. Off by default, since a request equal to the limit is often what is wanted.',
  fix: 'Write `resources.requests.memory` beside the limit.',
  peers: [
    'kube-score/container-resources',
    'kube-score/container-resource-requests-equal-limits',
    'kube-score/container-memory-requests-equal-limits',
    'polaris/memoryRequestsMissing',
  ],

  *check(container) {
    if (!isSet(container, 'limits', 'memory') || isSet(container, 'requests', 'memory')) return;
    yield {
      at: ['resources', 'requests', 'memory'],
      message: `${titleOf(container)} writes no memory request, so that it equals the limit`,
    };
  },
} satisfies ContainerPolicy;
