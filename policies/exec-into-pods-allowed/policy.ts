import type { ResourcePolicy } from '../../scripts/core/policy.ts';

import { EXEC, grants, isDefault, rulesOf } from '../../scripts/core/rbac.ts';

const OWN = ['admin', 'cluster-admin', 'edit'];

export default {
  id: 'exec-into-pods-allowed',
  of: 'resource',
  severity: 'warning',
  default: 'in-clusters',
  title: 'Role allows commands to be run in pods',
  why: 'Whoever holds it acts with the rights and the secrets of every pod that it covers.',
  fix: 'Remove `pods/exec` and `pods/attach`; grant it to people for a time, not in git for good.',
  kinds: ['Role', 'ClusterRole'],
  peers: ['polaris/rolePodExecAttach', 'polaris/clusterrolePodExecAttach'],

  *check(resource) {
    const { kind, name } = resource.id;
    if (isDefault(resource) || (kind === 'ClusterRole' && OWN.includes(name))) return;
    for (const [index, rule] of rulesOf(resource)) {
      if (!grants(rule, EXEC)) continue;
      yield { at: ['rules', index], message: `${kind} "${name}" allows commands to be run in pods` };
    }
  },
} satisfies ResourcePolicy;
