import type { ContainerPolicy } from '../../scripts/core/policy.ts';

import { capabilities } from '../../scripts/core/security.ts';
import { titleOf } from '../../scripts/core/workload.ts';

export default {
  id: 'net-raw-not-dropped',
  of: 'container',
  severity: 'warning',
  default: 'off',
  title: 'Container keeps the capability NET_RAW',
  why: 'With it a program forges packets and answers in the name of its neighbours. Off by default, since capabilities-not-dropped asks for all of them to be dropped.',
  fix: 'Set `securityContext.capabilities.drop: [ALL]`, or at least `[NET_RAW]`.',
  peers: ['kube-linter/drop-net-raw-capability'],

  *check(container) {
    const dropped = capabilities(container, 'drop');
    const added = capabilities(container, 'add').findIndex((name) => name === 'NET_RAW' || name === 'ALL');
    if (added >= 0) {
      yield {
        at: ['securityContext', 'capabilities', 'add', added],
        message: `${titleOf(container)} adds the capability NET_RAW`,
      };
    } else if (!dropped.includes('NET_RAW') && !dropped.includes('ALL')) {
      yield {
        at: ['securityContext', 'capabilities', 'drop'],
        message: `${titleOf(container)} does not drop the capability NET_RAW`,
      };
    }
  },
} satisfies ContainerPolicy;
