import type { ContainerPolicy } from '../../scripts/core/policy.ts';
import { isSet } from '../../scripts/core/requirements.ts';
import { titleOf } from '../../scripts/core/workload.ts';

export default {
  id: 'init-container-without-memory-limit',
  of: 'container',
  severity: 'warning',
  default: 'off',
  title: 'Init container has no memory limit',
  why: 'While it runs it may take the memory of the whole node. Off by default: an init container ends soon.',
  fix: 'Set `resources.limits.memory`.',
  peers: ['kube-linter/unset-memory-requirements', 'kube-score/container-resources'],

  *check(container) {
    if (container.role !== 'init') return;
    if (isSet(container, 'limits', 'memory')) return;
    yield { at: ['resources', 'limits', 'memory'], message: `${titleOf(container)} has no memory limit` };
  },
} satisfies ContainerPolicy;
