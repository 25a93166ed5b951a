import type { ContainerPolicy } from '../../scripts/core/policy.ts';
import { capabilities, securityOf } from '../../scripts/core/security.ts';
import { titleOf } from '../../scripts/core/workload.ts';

export default {
  id: 'privilege-escalation-implied',
  of: 'container',
  severity: 'warning',
  default: 'off',
  title: 'Container can escalate its privileges whatever its setting says',
  why: 'A privileged container, and one with SYS_ADMIN, always may. Off by default, since privileged-container and dangerous-capability name both.',
  fix: 'Remove `privileged: true` and the capability.',
  peers: ['kube-linter/privilege-escalation-container'],

  *check(container) {
    if (securityOf(container).privileged === true) {
      yield {
        at: ['securityContext', 'privileged'],
        message: `${titleOf(container)} is privileged, which allows privilege escalation`,
      };
    }
    for (const [index, name] of capabilities(container, 'add').entries()) {
      if (name !== 'SYS_ADMIN') continue;
      yield {
        at: ['securityContext', 'capabilities', 'add', index],
        message: `${titleOf(container)} adds SYS_ADMIN, which allows privilege escalation`,
      };
    }
  },
} satisfies ContainerPolicy;
