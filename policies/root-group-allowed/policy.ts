import type { PodPolicy } from '../../scripts/core/policy.ts';

import { effective } from '../../scripts/core/security.ts';
import { containersOf, titleOf } from '../../scripts/core/workload.ts';

export default {
  id: 'root-group-allowed',
  of: 'pod',
  severity: 'warning',
  default: 'off',
  title: 'Container may run in the group root',
  why: 'Files of the group root are then open to it. Off by default: beside a user that is not root the group opens little.',
  fix: 'Set `securityContext.runAsGroup` to a number above 0.',
  peers: ['kube-linter/run-as-non-root'],

  *check(spec) {
    for (const container of containersOf(spec)) {
      const group = effective(spec, container, 'runAsGroup');
      if (typeof group === 'number' && group > 0) continue;
      yield {
        at: [...container.at, 'securityContext', 'runAsGroup'],
        message: `${titleOf(container)} ${group === 0 ? 'runs in' : 'may run in'} the group root, expected "runAsGroup" above 0`,
      };
    }
  },
} satisfies PodPolicy;
