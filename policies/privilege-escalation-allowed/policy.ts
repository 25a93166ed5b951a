import type { ContainerPolicy } from '../../scripts/core/policy.ts';

import { securityOf } from '../../scripts/core/security.ts';
import { titleOf } from '../../scripts/core/workload.ts';

export default {
  id: 'privilege-escalation-allowed',
  of: 'container',
  severity: 'error',
  default: 'on',
  title: 'Container allows privilege escalation',
  why: 'A program with the setuid bit gives whoever breaks in the rights of root.',
  fix: 'Set `allowPrivilegeEscalation: false`.',
  peers: ['kube-linter/privilege-escalation-container', 'polaris/privilegeEscalationAllowed'],

  *check(container) {
    if (securityOf(container).allowPrivilegeEscalation !== true) return;
    yield {
      at: ['securityContext', 'allowPrivilegeEscalation'],
      message: `${titleOf(container)} allows privilege escalation`,
      edit: { set: false },
    };
  },
} satisfies ContainerPolicy;
