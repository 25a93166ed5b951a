import type { ContainerPolicy } from '../../scripts/core/policy.ts';

import { capabilities } from '../../scripts/core/security.ts';
import { titleOf } from '../../scripts/core/workload.ts';

export default {
  id: 'dangerous-capability',
  of: 'container',
  severity: 'error',
  default: 'on',
  title: 'Container adds a capability that amounts to root on the node',
  why: 'With it a program leaves its container, or rules the network of the node.',
  fix: 'Remove it from `securityContext.capabilities.add`; there is nearly always a narrower one.',
  peers: ['polaris/dangerousCapabilities'],

  *check(container) {
    for (const [index, name] of capabilities(container, 'add').entries()) {
      if (name !== 'ALL' && name !== 'SYS_ADMIN' && name !== 'NET_ADMIN') continue;
      yield {
        at: ['securityContext', 'capabilities', 'add', index],
        message: `${titleOf(container)} adds the capability ${name}`,
      };
    }
  },
} satisfies ContainerPolicy;
