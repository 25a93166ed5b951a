import { serverRule } from './rule.ts';

export const REFUSED_JOB = serverRule({
  id: 'refused-job',
  title: 'Job or CronJob that the API server refuses',
  why: 'A Job must be able to end, and its policies must be decidable; a CronJob must have a time at which it runs.',
  fix: 'Use restartPolicy Never or OnFailure, policies that fit the completion mode, and a schedule of five fields.',
  covers: [
    'counts and deadlines are not negative; limits of indexed Jobs',
    'the restart policy is OnFailure or Never, and Never with a failure policy',
    'rules of `podFailurePolicy` and `successPolicy`: actions, exit codes, conditions, indexes',
    "no selector or labels of the server's own, unless `manualSelector` is true",
    'schedule, time zone, concurrency policy and histories of a CronJob',
    '`managedBy`, `completionMode`, `podReplacementPolicy`',
  ],
});
