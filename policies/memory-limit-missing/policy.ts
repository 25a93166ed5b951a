import type { ContainerPolicy } from '../../scripts/core/policy.ts';
import { isSet } from '../../scripts/core/requirements.ts';
import { isLongRunning, titleOf } from '../../scripts/core/workload.ts';

export default {
  id: 'memory-limit-missing',
  of: 'container',
  severity: 'error',
  default: 'in-clusters',
  title: 'Container has no memory limit',
  why: 'A leak then takes the memory of the whole node, and the kernel ends whichever process it likes, not the one that leaks.',
  fix: 'Set `resources.limits.memory`, best equal to the request.',
  peers: [
    'kube-linter/unset-memory-requirements',
    'kube-score/container-resources',
    'polaris/memoryLimitsMissing',
  ],

  *check(container) {
    if (!isLongRunning(container) || isSet(container, 'limits', 'memory')) return;
    yield { at: ['resources', 'limits', 'memory'], message: `${titleOf(container)} has no memory limit` };
  },
} satisfies ContainerPolicy;
