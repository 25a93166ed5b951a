import type { ClusterPolicy } from '../../scripts/core/policy.ts';

import { missing } from '../../scripts/core/references/missing.ts';

export default {
  id: 'missing-service',
  of: 'cluster',
  severity: 'error',
  default: 'on',
  title: 'Named Service does not exist',
  why: 'An Ingress or a route then answers with an error, a webhook refuses what it should judge, and a StatefulSet’s pods have no names.',
  fix: 'Correct the name or the namespace, or add the Service; one that comes from outside git is declared in `externals` of `cluster.yaml`.',
  category: 'reference',
  peers: [
    'kube-linter/dangling-ingress',
    'kube-score/ingress-targets-service',
    'kube-score/statefulset-has-servicename',
  ],

  check: (inventory) => missing(inventory, '', 'Service'),
} satisfies ClusterPolicy;
