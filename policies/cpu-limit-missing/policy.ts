import { mapping } from '../../scripts/core/fields.ts';
import type { ContainerPolicy } from '../../scripts/core/policy.ts';
import { titleOf } from '../../scripts/core/workload.ts';

export default {
  id: 'cpu-limit-missing',
  of: 'container',
  severity: 'warning',
  default: 'off',
  title: 'Container has no CPU limit',
  why: 'It may take all the CPU that others leave idle. Off by default: requests already share a busy CPU fairly, and a limit slows a container down while the node has nothing else to do.',
  fix: 'Set `resources.limits.cpu`.',
  peers: ['kube-linter/unset-cpu-requirements', 'kube-score/container-resources', 'polaris/cpuLimitsMissing'],

  *check(container) {
    if (container.role === 'ephemeral') return;
    if (mapping(mapping(container.value.resources).limits).cpu !== undefined) return;
    yield { at: ['resources', 'limits', 'cpu'], message: `${titleOf(container)} has no CPU limit` };
  },
} satisfies ContainerPolicy;
