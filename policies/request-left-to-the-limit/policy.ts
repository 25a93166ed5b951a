import { mapping } from '../../scripts/core/fields.ts';
import type { ContainerPolicy } from '../../scripts/core/policy.ts';
import { titleOf } from '../../scripts/core/workload.ts';

export default {
  id: 'request-left-to-the-limit',
  of: 'container',
  severity: 'warning',
  default: 'off',
  title: 'Request is not written and follows the limit',
  why: 'The API server takes the limit as the request, so that a generous limit reserves just as much. Off by default, since requests equal to limits are often what is wanted.',
  fix: 'Write the request beside the limit.',
  peers: [
    'kube-linter/unset-cpu-requirements',
    'kube-linter/unset-memory-requirements',
    'kube-score/container-resources',
    'polaris/cpuRequestsMissing',
    'polaris/memoryRequestsMissing',
  ],

  *check(container) {
    const resources = mapping(container.value.resources);
    const requests = mapping(resources.requests);
    const limits = mapping(resources.limits);
    for (const name of ['cpu', 'memory'] as const) {
      if (limits[name] === undefined || requests[name] !== undefined) continue;
      const what = name === 'cpu' ? 'CPU' : name;
      yield {
        at: ['resources', 'requests', name],
        message: `${titleOf(container)} writes no ${what} request, so that it equals the limit`,
      };
    }
  },
} satisfies ContainerPolicy;
