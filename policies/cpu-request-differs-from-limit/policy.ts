import { mapping } from '../../scripts/core/fields.ts';
import type { ContainerPolicy } from '../../scripts/core/policy.ts';
import { quantity } from '../../scripts/core/quantity.ts';
import { titleOf } from '../../scripts/core/workload.ts';

export default {
  id: 'cpu-request-differs-from-limit',
  of: 'container',
  severity: 'warning',
  default: 'off',
  title: 'CPU request differs from the limit',
  why: 'How fast the container runs depends on its neighbours. Off by default: that is also what lets a node be used well.',
  fix: 'Set both to the same amount.',
  peers: [
    'kube-score/container-resource-requests-equal-limits',
    'kube-score/container-cpu-requests-equal-limits',
  ],

  *check(container) {
    const resources = mapping(container.value.resources);
    const request = mapping(resources.requests).cpu;
    const limit = mapping(resources.limits).cpu;
    // Without a request the API server takes the limit.
    if (
      limit === undefined
        ? request === undefined
        : request === undefined || quantity(request) === quantity(limit)
    )
      return;
    yield {
      at: ['resources', 'requests', 'cpu'],
      message: `${titleOf(container)} requests "${String(request)}" of CPU, expected its limit, ${limit === undefined ? 'which is not set' : `"${String(limit)}"`}`,
    };
  },
} satisfies ContainerPolicy;
