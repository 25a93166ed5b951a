import type { ResourcePolicy } from '../../scripts/core/policy.ts';
import { podOf } from '../../scripts/core/workload.ts';

export default {
  id: 'cron-job-with-unfit-restart-policy',
  of: 'resource',
  severity: 'warning',
  default: 'off',
  title: 'Pods of a CronJob with a restart policy that Jobs do not take',
  why: 'A Job ends, and with `Always`, the default, its containers never do. Off by default, since the API server refuses it and refused-job says so.',
  fix: 'Set `restartPolicy` to `OnFailure` or `Never`.',
  kinds: ['CronJob'],
  peers: ['kube-score/cronjob-restartpolicy'],

  *check(resource) {
    const pod = podOf(resource);
    if (pod === undefined) return;
    const { restartPolicy } = pod.spec;
    if (restartPolicy === 'OnFailure' || restartPolicy === 'Never') return;
    const has =
      restartPolicy === undefined ? 'no restart policy' : `the restart policy "${String(restartPolicy)}"`;
    yield {
      // Beside what the API server says of the field.
      at: pod.path,
      message: `Pods of CronJob "${resource.id.name}" have ${has}, expected "OnFailure" or "Never"`,
    };
  },
} satisfies ResourcePolicy;
