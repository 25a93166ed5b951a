import type { ContainerPolicy } from '../../scripts/core/policy.ts';
import { isSet } from '../../scripts/core/requirements.ts';
import { titleOf } from '../../scripts/core/workload.ts';

export default {
  id: 'init-container-without-cpu-request',
  of: 'container',
  severity: 'warning',
  default: 'off',
  title: 'Init container requests no CPU',
  why: 'While it runs the scheduler counts it as nothing. Off by default: an init container ends soon, and the pod reserves what its containers need anyway.',
  fix: 'Set `resources.requests.cpu`.',
  peers: ['kube-linter/unset-cpu-requirements', 'kube-score/container-resources'],

  *check(container) {
    if (container.role !== 'init') return;
    // A limit alone counts: the API server takes it as the request too.
    if (isSet(container, 'requests', 'cpu') || isSet(container, 'limits', 'cpu')) return;
    yield { at: ['resources', 'requests', 'cpu'], message: `${titleOf(container)} requests no CPU` };
  },
} satisfies ContainerPolicy;
