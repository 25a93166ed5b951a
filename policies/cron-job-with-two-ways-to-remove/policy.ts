import { mapping } from '../../scripts/core/fields.ts';
import type { ResourcePolicy } from '../../scripts/core/policy.ts';

export default {
  id: 'cron-job-with-two-ways-to-remove',
  of: 'resource',
  severity: 'warning',
  default: 'on',
  title: 'Jobs of a CronJob are removed in two ways',
  why: 'A CronJob keeps the last Jobs by its history limits; a time to live removes them earlier, and with them the logs that one looks for.',
  fix: 'Remove `ttlSecondsAfterFinished` and set the history limits.',
  kinds: ['CronJob'],
  peers: ['kube-linter/job-ttl-seconds-after-finished'],

  *check({ id, manifest }) {
    const job = mapping(mapping(mapping(manifest.spec).jobTemplate).spec);
    if (job.ttlSecondsAfterFinished === undefined) return;
    yield {
      at: ['spec', 'jobTemplate', 'spec', 'ttlSecondsAfterFinished'],
      message: `Jobs of CronJob "${id.name}" are removed by a time to live, beside its history limits`,
    };
  },
} satisfies ResourcePolicy;
