import type { ContainerPolicy } from '../../scripts/core/policy.ts';
import { isSet } from '../../scripts/core/requirements.ts';
import { isLongRunning, titleOf } from '../../scripts/core/workload.ts';

export default {
  id: 'memory-request-missing',
  of: 'container',
  severity: 'error',
  default: 'in-clusters',
  title: 'Container requests no memory',
  why: 'The scheduler counts it as nothing, and when the node runs short it is among the first to be evicted.',
  fix: 'Set `resources.requests.memory` to what it needs.',
  peers: ['kube-score/container-resources', 'polaris/memoryRequestsMissing'],

  *check(container) {
    if (!isLongRunning(container)) return;
    // A limit alone counts: the API server takes it as the request too.
    if (isSet(container, 'requests', 'memory') || isSet(container, 'limits', 'memory')) return;
    yield { at: ['resources', 'requests', 'memory'], message: `${titleOf(container)} requests no memory` };
  },
} satisfies ContainerPolicy;
