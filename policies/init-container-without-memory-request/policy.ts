import type { ContainerPolicy } from '../../scripts/core/policy.ts';
import { isSet } from '../../scripts/core/requirements.ts';
import { titleOf } from '../../scripts/core/workload.ts';

export default {
  id: 'init-container-without-memory-request',
  of: 'container',
  severity: 'warning',
  default: 'off',
  title: 'Init container requests no memory',
  why: 'While it runs the scheduler counts it as nothing. Off by default: an init container ends soon, and the pod reserves what its containers need anyway.',
  fix: 'Set `resources.requests.memory`.',
  peers: ['kube-score/container-resources'],

  *check(container) {
    if (container.role !== 'init') return;
    // A limit alone counts: the API server takes it as the request too.
    if (isSet(container, 'requests', 'memory') || isSet(container, 'limits', 'memory')) return;
    yield { at: ['resources', 'requests', 'memory'], message: `${titleOf(container)} requests no memory` };
  },
} satisfies ContainerPolicy;
