import { mapping } from '../../scripts/core/fields.ts';
import type { ContainerPolicy } from '../../scripts/core/policy.ts';
import { quantity } from '../../scripts/core/quantity.ts';
import { titleOf } from '../../scripts/core/workload.ts';

export default {
  id: 'memory-request-differs-from-limit',
  of: 'container',
  severity: 'warning',
  default: 'off',
  title: 'Memory request differs from the limit',
  why: 'What it takes beyond the request may not be there, and the kernel then ends a process. Off by default, since a limit is often a safety net only.',
  fix: 'Set both to the same amount.',
  peers: [
    'kube-score/container-resource-requests-equal-limits',
    'kube-score/container-memory-requests-equal-limits',
  ],

  *check(container) {
    const resources = mapping(container.value.resources);
    const request = mapping(resources.requests).memory;
    const limit = mapping(resources.limits).memory;
    // Without a request the API server takes the limit.
    if (
      limit === undefined
        ? request === undefined
        : request === undefined || quantity(request) === quantity(limit)
    )
      return;
    yield {
      at: ['resources', 'requests', 'memory'],
      message: `${titleOf(container)} requests "${String(request)}" of memory, expected its limit, ${limit === undefined ? 'which is not set' : `"${String(limit)}"`}`,
    };
  },
} satisfies ContainerPolicy;
