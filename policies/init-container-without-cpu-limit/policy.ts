import type { ContainerPolicy } from '../../scripts/core/policy.ts';
import { isSet } from '../../scripts/core/requirements.ts';
import { titleOf } from '../../scripts/core/workload.ts';

export default {
  id: 'init-container-without-cpu-limit',
  of: 'container',
  severity: 'warning',
  default: 'off',
  title: 'Init container has no CPU limit',
  why: 'While it runs it may take all the CPU that others leave idle. Off by default: an init container ends soon.',
  fix: 'Set `resources.limits.cpu`.',
  peers: ['kube-score/container-resources'],

  *check(container) {
    if (container.role !== 'init') return;
    if (isSet(container, 'limits', 'cpu')) return;
    yield { at: ['resources', 'limits', 'cpu'], message: `${titleOf(container)} has no CPU limit` };
  },
} satisfies ContainerPolicy;
