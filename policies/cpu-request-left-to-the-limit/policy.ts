import type { ContainerPolicy } from '../../scripts/core/policy.ts';
import { isSet } from '../../scripts/core/requirements.ts';
import { titleOf } from '../../scripts/core/workload.ts';

export default {
  id: 'cpu-request-left-to-the-limit',
  of: 'container',
  severity: 'warning',
  default: 'off',
  title: 'CPU request is not written and follows the limit',
  why: 'The API server takes the limit as the request, so that a generous limit reserves just as much. Off by default, since a request equal to the limit is often what is wanted.',
  fix: 'Write `resources.requests.cpu` beside the limit.',
  peers: [
    'kube-linter/unset-cpu-requirements',
    'kube-score/container-resources',
    'kube-score/container-resource-requests-equal-limits',
    'kube-score/container-cpu-requests-equal-limits',
    'polaris/cpuRequestsMissing',
  ],

  *check(container) {
    if (!isSet(container, 'limits', 'cpu') || isSet(container, 'requests', 'cpu')) return;
    yield {
      at: ['resources', 'requests', 'cpu'],
      message: `${titleOf(container)} writes no CPU request, so that it equals the limit`,
    };
  },
} satisfies ContainerPolicy;
