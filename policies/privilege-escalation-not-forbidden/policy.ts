import type { ContainerPolicy } from '../../scripts/core/policy.ts';

import { securityOf } from '../../scripts/core/security.ts';
import { titleOf } from '../../scripts/core/workload.ts';

export default {
  id: 'privilege-escalation-not-forbidden',
  of: 'container',
  severity: 'warning',
  default: 'in-clusters',
  title: 'Container does not forbid privilege escalation',
  why: 'Unless it is forbidden, a program with the setuid bit gives whoever breaks in the rights of root; the restricted Pod Security level refuses such a pod.',
  fix: 'Set `securityContext.allowPrivilegeEscalation: false`.',
  peers: ['polaris/privilegeEscalationAllowed'],

  *check(container) {
    if (securityOf(container).allowPrivilegeEscalation !== undefined) return;
    yield {
      at: ['securityContext', 'allowPrivilegeEscalation'],
      message: `${titleOf(container)} does not forbid privilege escalation`,
      edit: { set: false },
    };
  },
} satisfies ContainerPolicy;
