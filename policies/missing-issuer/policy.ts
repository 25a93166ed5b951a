import type { ClusterPolicy } from '../../scripts/core/policy.ts';

import { missing } from '../../scripts/core/references/missing.ts';

export default {
  id: 'missing-issuer',
  of: 'cluster',
  severity: 'error',
  default: 'in-clusters',
  title: 'Named certificate issuer does not exist',
  why: 'The certificate is never issued, and once the old one has expired browsers refuse the site.',
  fix: 'Correct the name, or add the issuer; one that comes from outside git is declared in `externals` of `cluster.yaml`.',
  category: 'reference',

  *check(inventory) {
    for (const kind of ['Issuer', 'ClusterIssuer']) yield* missing(inventory, 'cert-manager.io', kind);
  },
} satisfies ClusterPolicy;
