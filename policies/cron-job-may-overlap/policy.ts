import { mapping } from '../../scripts/core/fields.ts';
import type { ResourcePolicy } from '../../scripts/core/policy.ts';

export default {
  id: 'cron-job-may-overlap',
  of: 'resource',
  severity: 'warning',
  default: 'in-clusters',
  title: 'CronJob may run beside itself',
  why: 'When a run takes longer than the time between two, the next starts beside it, and slow becomes slower.',
  fix: 'Set `concurrencyPolicy: Forbid` (or `Replace`); write `Allow` where it is meant.',
  kinds: ['CronJob'],

  *check({ id, manifest }) {
    if (mapping(manifest.spec).concurrencyPolicy !== undefined) return;
    yield {
      at: ['spec', 'concurrencyPolicy'],
      message: `CronJob "${id.name}" does not say whether it may run beside itself`,
    };
  },
} satisfies ResourcePolicy;
