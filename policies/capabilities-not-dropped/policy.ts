import type { ContainerPolicy } from '../../scripts/core/policy.ts';

import { capabilities } from '../../scripts/core/security.ts';
import { titleOf } from '../../scripts/core/workload.ts';

/** What containerd and CRI-O give unless told otherwise. */
const DEFAULTS = [
  'AUDIT_WRITE',
  'CHOWN',
  'DAC_OVERRIDE',
  'FOWNER',
  'FSETID',
  'KILL',
  'MKNOD',
  'NET_BIND_SERVICE',
  'NET_RAW',
  'SETFCAP',
  'SETGID',
  'SETPCAP',
  'SETUID',
  'SYS_CHROOT',
];

export default {
  id: 'capabilities-not-dropped',
  of: 'container',
  severity: 'warning',
  default: 'in-clusters',
  title: 'Container keeps capabilities that it does not need',
  why: 'The runtime gives each container more than a dozen; the restricted Pod Security level refuses a pod that keeps them.',
  fix: 'Set `securityContext.capabilities.drop: [ALL]`, and add back only what is needed.',
  peers: ['polaris/insecureCapabilities'],

  *check(container) {
    const dropped = capabilities(container, 'drop');
    if (dropped.includes('ALL') || DEFAULTS.every((name) => dropped.includes(name))) return;
    yield {
      at: ['securityContext', 'capabilities', 'drop'],
      message: `${titleOf(container)} keeps the usual capabilities, expected "drop: [ALL]"`,
    };
  },
} satisfies ContainerPolicy;
