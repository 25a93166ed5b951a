import type { ContainerPolicy } from '../../scripts/core/policy.ts';

import { securityOf } from '../../scripts/core/security.ts';
import { titleOf } from '../../scripts/core/workload.ts';

export default {
  id: 'privileged-container',
  of: 'container',
  severity: 'error',
  default: 'on',
  title: 'Container is privileged',
  why: 'It has every capability and every device of its node: whoever breaks into it owns the node, and from there the cluster.',
  fix: 'Remove `privileged: true`, and add the single capability that is needed.',
  peers: [
    'kube-linter/privileged-container',
    'kube-score/container-security-context-privileged',
    'polaris/runAsPrivileged',
  ],

  *check(container) {
    if (securityOf(container).privileged !== true) return;
    yield { at: ['securityContext', 'privileged'], message: `${titleOf(container)} is privileged` };
  },
} satisfies ContainerPolicy;
