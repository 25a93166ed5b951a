import type { ContainerPolicy } from '../../scripts/core/policy.ts';

import { securityOf } from '../../scripts/core/security.ts';
import { titleOf } from '../../scripts/core/workload.ts';

export default {
  id: 'writable-root-filesystem',
  of: 'container',
  severity: 'warning',
  default: 'in-clusters',
  title: 'Container may write to its root filesystem',
  why: 'Whoever breaks in can change the programs that run, and what is written fills the disk of the node without a limit.',
  fix: 'Set `securityContext.readOnlyRootFilesystem: true`, and mount an `emptyDir` with a `sizeLimit` where the program writes.',
  peers: [
    'kube-linter/no-read-only-root-fs',
    'kube-score/container-security-context-readonlyrootfilesystem',
    'polaris/notReadOnlyRootFilesystem',
  ],

  *check(container) {
    if (container.role === 'ephemeral' || securityOf(container).readOnlyRootFilesystem === true) return;
    yield {
      at: ['securityContext', 'readOnlyRootFilesystem'],
      message: `${titleOf(container)} may write to its root filesystem, expected "readOnlyRootFilesystem: true"`,
    };
  },
} satisfies ContainerPolicy;
