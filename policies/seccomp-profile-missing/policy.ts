import { mapping } from '../../scripts/core/fields.ts';
import type { PodPolicy } from '../../scripts/core/policy.ts';
import { effective } from '../../scripts/core/security.ts';
import { containersOf, titleOf } from '../../scripts/core/workload.ts';

export default {
  id: 'seccomp-profile-missing',
  of: 'pod',
  severity: 'warning',
  default: 'in-clusters',
  title: 'Container runs without a seccomp profile',
  why: 'Every system call of the kernel is then open to it, the seldom used and ill tested ones too; the restricted Pod Security level refuses such a pod.',
  fix: 'Set `securityContext.seccompProfile.type: RuntimeDefault` on the pod.',

  *check(spec) {
    for (const container of containersOf(spec)) {
      const { type } = mapping(effective(spec, container, 'seccompProfile'));
      if (type === 'RuntimeDefault' || type === 'Localhost') continue;
      yield {
        at: [...container.at, 'securityContext', 'seccompProfile'],
        message: `${titleOf(container)} has ${type === undefined ? 'no seccomp profile' : `the seccomp profile "${String(type)}"`}, expected "RuntimeDefault"`,
      };
    }
  },
} satisfies PodPolicy;
