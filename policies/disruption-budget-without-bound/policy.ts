import { mapping } from '../../scripts/core/fields.ts';
import type { ResourcePolicy } from '../../scripts/core/policy.ts';

export default {
  id: 'disruption-budget-without-bound',
  of: 'resource',
  severity: 'error',
  default: 'on',
  title: 'Disruption budget bounds nothing',
  why: 'Without `minAvailable` and `maxUnavailable` it holds nobody back.',
  fix: 'Set `maxUnavailable: 1`.',
  kinds: ['PodDisruptionBudget'],
  peers: ['kube-score/poddisruptionbudget-has-policy'],

  *check({ id, manifest }) {
    const { minAvailable, maxUnavailable } = mapping(manifest.spec);
    if (minAvailable !== undefined || maxUnavailable !== undefined) return;
    yield {
      at: ['spec', 'maxUnavailable'],
      message: `PodDisruptionBudget "${id.name}" has neither "minAvailable" nor "maxUnavailable"`,
    };
  },
} satisfies ResourcePolicy;
