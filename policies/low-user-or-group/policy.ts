import type { PodPolicy } from '../../scripts/core/policy.ts';

import { effective } from '../../scripts/core/security.ts';
import { containersOf, titleOf } from '../../scripts/core/workload.ts';

export default {
  id: 'low-user-or-group',
  of: 'pod',
  severity: 'warning',
  default: 'off',
  title: 'Container runs as a user or group with a low number',
  why: 'A low number is likely to be a user of the node too, who then owns what the container writes. Off by default: user namespaces and a read-only root filesystem serve better, and many images have a low number built in.',
  fix: 'Set `runAsUser` and `runAsGroup` of the security context to numbers from 10000 on.',
  peers: ['kube-score/container-security-context-user-group-id'],
  parameters: { minimum: 10_000 },

  *check(spec, { minimum }) {
    for (const container of containersOf(spec)) {
      for (const field of ['runAsUser', 'runAsGroup'] as const) {
        const id = effective(spec, container, field);
        if (typeof id === 'number' && id >= minimum) continue;
        const what = field === 'runAsUser' ? 'user' : 'group';
        yield {
          at: [...container.at, 'securityContext', field],
          message: `${titleOf(container)} runs as ${typeof id === 'number' ? `${what} ${id}` : `the ${what} of its image`}, expected one from ${minimum} on`,
        };
      }
    }
  },
} satisfies PodPolicy<{ minimum: number }>;
