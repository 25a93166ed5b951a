import type { ContainerPolicy } from '../../scripts/core/policy.ts';
import { isSet } from '../../scripts/core/requirements.ts';
import { isLongRunning, titleOf } from '../../scripts/core/workload.ts';

export default {
  id: 'cpu-limit-missing',
  of: 'container',
  severity: 'warning',
  default: 'off',
  title: 'Container has no CPU limit',
  why: 'It may take all the CPU that others leave idle. Off by default: requests already share a busy CPU fairly, and a limit slows a container down while the node has nothing else to do.',
  fix: 'Set `resources.limits.cpu`.',
  peers: ['kube-score/container-resources', 'polaris/cpuLimitsMissing'],

  *check(container) {
    if (!isLongRunning(container) || isSet(container, 'limits', 'cpu')) return;
    yield { at: ['resources', 'limits', 'cpu'], message: `${titleOf(container)} has no CPU limit` };
  },
} satisfies ContainerPolicy;
