import type { PodPolicy } from '../../scripts/core/policy.ts';

import { effective } from '../../scripts/core/security.ts';
import { containersOf, titleOf } from '../../scripts/core/workload.ts';

export default {
  id: 'root-user-allowed',
  of: 'pod',
  severity: 'error',
  default: 'in-clusters',
  title: 'Container may run as root',
  why: 'Whoever breaks out of a container that runs as root is root on the node.',
  fix: 'Set `securityContext.runAsNonRoot: true`, and `runAsUser` to the number of a user that the image knows.',
  peers: ['kube-linter/run-as-non-root', 'polaris/runAsRootAllowed'],

  *check(spec) {
    for (const container of containersOf(spec)) {
      const user = effective(spec, container, 'runAsUser');
      const nonRoot = effective(spec, container, 'runAsNonRoot') === true;
      if (user === 0) {
        yield {
          at: [...container.at, 'securityContext', 'runAsUser'],
          message: nonRoot
            ? `${titleOf(container)} must not run as root and is given the user 0, so that it never starts`
            : `${titleOf(container)} runs as user 0`,
        };
      } else if (user === undefined && !nonRoot) {
        yield {
          at: [...container.at, 'securityContext', 'runAsNonRoot'],
          message: `${titleOf(container)} may run as root, expected "runAsNonRoot: true"`,
        };
      }
    }
  },
} satisfies PodPolicy;
