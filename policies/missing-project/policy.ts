import type { ClusterPolicy } from '../../scripts/core/policy.ts';
import { missing } from '../../scripts/core/references/missing.ts';

export default {
  id: 'missing-project',
  of: 'cluster',
  severity: 'error',
  default: 'in-clusters',
  title: 'Named AppProject does not exist',
  why: 'Argo CD refuses an Application without its project (InvalidSpecError): it syncs nothing, and the region stays as it is.',
  fix: 'Correct `spec.project`, or add the AppProject.',
  category: 'reference',

  check: (inventory) => missing(inventory, 'argoproj.io', 'AppProject'),
} satisfies ClusterPolicy;
