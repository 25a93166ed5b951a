import { mapping } from '../../scripts/core/fields.ts';
import type { ResourcePolicy } from '../../scripts/core/policy.ts';

export default {
  id: 'cron-job-without-deadline',
  of: 'resource',
  severity: 'warning',
  default: 'in-clusters',
  title: 'CronJob has no starting deadline',
  why: 'After an outage it starts what it missed however late that is; and once it has missed a hundred times it never starts again.',
  fix: 'Set `startingDeadlineSeconds`.',
  kinds: ['CronJob'],
  peers: ['kube-score/cronjob-has-deadline'],

  *check({ id, manifest }) {
    if (mapping(manifest.spec).startingDeadlineSeconds !== undefined) return;
    yield {
      at: ['spec', 'startingDeadlineSeconds'],
      message: `CronJob "${id.name}" has no starting deadline`,
    };
  },
} satisfies ResourcePolicy;
