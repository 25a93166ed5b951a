import type { ContainerPolicy } from '../../scripts/core/policy.ts';

import { securityOf } from '../../scripts/core/security.ts';
import { titleOf } from '../../scripts/core/workload.ts';

export default {
  id: 'unmasked-proc',
  of: 'container',
  severity: 'error',
  default: 'on',
  title: 'Container sees an unmasked /proc',
  why: 'The runtime hides parts of /proc because they lead into the kernel.',
  fix: 'Remove `securityContext.procMount`.',
  peers: ['kube-linter/unsafe-proc-mount', 'polaris/procMount'],

  *check(container) {
    const { procMount } = securityOf(container);
    if (procMount === undefined || procMount === 'Default') return;
    yield {
      at: ['securityContext', 'procMount'],
      message: `${titleOf(container)} mounts /proc "${String(procMount)}", expected "Default"`,
    };
  },
} satisfies ContainerPolicy;
