import type { ClusterPolicy } from '../../scripts/core/policy.ts';

import { missing } from '../../scripts/core/references/missing.ts';

export default {
  id: 'missing-secret-store',
  of: 'cluster',
  severity: 'error',
  default: 'in-clusters',
  title: 'Named secret store does not exist',
  why: 'The Secret is never made, and the pods that need it never start.',
  fix: 'Correct the name, or add the store; one that comes from outside git is declared in `externals` of `cluster.yaml`.',
  category: 'reference',

  *check(inventory) {
    for (const kind of ['SecretStore', 'ClusterSecretStore'])
      yield* missing(inventory, 'external-secrets.io', kind);
  },
} satisfies ClusterPolicy;
