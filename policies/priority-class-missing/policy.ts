import type { PodPolicy } from '../../scripts/core/policy.ts';

export default {
  id: 'priority-class-missing',
  of: 'pod',
  severity: 'warning',
  default: 'off',
  title: 'Pod has no priority class',
  why: 'When a node runs short it counts like everything else. Off by default: among equals there is nothing to rank.',
  fix: 'Set `priorityClassName`.',
  peers: ['polaris/priorityClassNotSet'],

  *check(spec) {
    if (spec.priorityClassName !== undefined && spec.priorityClassName !== '') return;
    yield { at: ['priorityClassName'], message: 'Pod has no priority class' };
  },
} satisfies PodPolicy;
