import { text } from '../../scripts/core/fields.ts';
import type { PodPolicy } from '../../scripts/core/policy.ts';

export default {
  id: 'priority-class-not-accepted',
  of: 'pod',
  severity: 'warning',
  default: 'off',
  title: 'Pod has a priority class that is not on the list',
  why: 'A class that anyone may choose ranks nothing. Off by default: the list is each team’s own.',
  fix: 'Name one of the accepted classes.',
  peers: ['kube-linter/priority-class-name'],
  parameters: { accepted: ['system-cluster-critical', 'system-node-critical'] },

  *check(spec, { accepted }) {
    const name = text(spec.priorityClassName)?.trim();
    if (name === undefined || name === '' || accepted.includes(name)) return;
    yield {
      at: ['priorityClassName'],
      message: `Pod has the priority class "${name}", expected one of ${accepted.join(', ')}`,
    };
  },
} satisfies PodPolicy<{ accepted: readonly string[] }>;
