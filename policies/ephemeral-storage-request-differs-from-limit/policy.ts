import { mapping } from '../../scripts/core/fields.ts';
import type { ContainerPolicy } from '../../scripts/core/policy.ts';
import { quantity } from '../../scripts/core/quantity.ts';
import { titleOf } from '../../scripts/core/workload.ts';

export default {
  id: 'ephemeral-storage-request-differs-from-limit',
  of: 'container',
  severity: 'warning',
  default: 'off',
  title: 'Ephemeral storage request differs from the limit',
  why: 'What it writes beyond the request may not be there, and the pod is then evicted. Off by default, since a limit is often a safety net only.',
  fix: 'Set both to the same amount.',
  peers: ['kube-score/container-ephemeral-storage-request-equals-limit'],

  *check(container) {
    const resources = mapping(container.value.resources);
    const request = mapping(resources.requests)['ephemeral-storage'];
    const limit = mapping(resources.limits)['ephemeral-storage'];
    // One without the other is ephemeral-storage-unbounded's to say.
    if (request === undefined || limit === undefined || quantity(request) === quantity(limit)) return;
    yield {
      at: ['resources', 'requests', 'ephemeral-storage'],
      message: `${titleOf(container)} requests "${String(request)}" of ephemeral storage, expected its limit, "${String(limit)}"`,
    };
  },
} satisfies ContainerPolicy;
