import type { Mapping } from '../core/value.ts';
import { scheduleFault } from './cron-schedule.ts';
import type { Field } from './field.ts';
import { oneOf } from './fields.ts';
import { REFUSED_JOB } from './job-rule.ts';
import { checkJobSpec } from './job-spec.ts';
import type { ServerKind } from './kind.ts';
import { POD_RULES } from './pod-rules.ts';
import { EMPTY, flag, has, mapping, text } from './read.ts';
import { DNS_SUBDOMAIN, type Syntax } from './syntax.ts';
import { isTimeZone } from './time-zone.ts';
import { checkCounts } from './workload.ts';

const CRON_JOB_NAME: Syntax = {
  expected: `${DNS_SUBDOMAIN.expected}, of a CronJob 52`,
  test: (name) => name.length <= 52 && DNS_SUBDOMAIN.test(name),
  prefix: DNS_SUBDOMAIN,
};

function checkCronJob(object: Mapping, root: Field): void {
  const spec = mapping(object, 'spec') ?? EMPTY;
  const at = root.under(REFUSED_JOB).at('spec');
  const schedule = spec.schedule ?? '';
  if (schedule === '') at.at('schedule').required('five fields, such as "0 3 * * *"');
  else if (typeof schedule === 'string') {
    if (schedule.includes('TZ')) at.at('schedule').invalid(schedule, 'no TZ or CRON_TZ, but timeZone');
    else {
      const fault = scheduleFault(schedule);
      if (fault !== undefined) at.at('schedule').invalid(schedule, fault);
    }
  }
  const zone = text(spec, 'timeZone');
  if (zone !== undefined && !isTimeZone(zone))
    at.at('timeZone').invalid(zone, 'a time zone such as "Europe/Berlin"');
  oneOf(spec, 'concurrencyPolicy', ['Allow', 'Forbid', 'Replace'], at);
  checkCounts(spec, at, 'startingDeadlineSeconds', 'successfulJobsHistoryLimit', 'failedJobsHistoryLimit');
  if (has(spec, 'jobTemplate') && mapping(spec, 'jobTemplate') === undefined) return;
  checkJobTemplate(mapping(spec, 'jobTemplate') ?? EMPTY, at.at('jobTemplate'));
}

function checkJobTemplate(template: Mapping, at: Field): void {
  const spec = mapping(template, 'spec') ?? EMPTY;
  if (spec === EMPTY && has(template, 'spec')) return;
  const here = at.at('spec');
  if (has(spec, 'selector')) here.at('selector').forbidden('in a CronJob: the server makes one for each Job');
  if (flag(spec, 'manualSelector') === true) here.at('manualSelector').invalid(true, 'none in a CronJob');
  checkJobSpec(spec, here, false);
}

export const CRON_JOB_KIND: ServerKind = {
  group: 'batch',
  kind: 'CronJob',
  namespaced: true,
  name: CRON_JOB_NAME,
  check: checkCronJob,
  rules: [REFUSED_JOB, ...POD_RULES],
};
