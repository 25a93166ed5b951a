import type { Mapping } from '../core/value.ts';
import { scheduleFault } from './cron-schedule.ts';
import type { Field } from './field.ts';
import { oneOf } from './fields.ts';
import { IMMUTABLE_FIELD, unchanged } from './immutable.ts';
import { checkFailurePolicy } from './job-failure-policy.ts';
import { checkIndexes } from './job-indexes.ts';
import { REFUSED_JOB } from './job-rule.ts';
import type { ServerKind } from './kind.ts';
import { REFUSED_LABEL } from './labels.ts';
import { REFUSED_NAME } from './metadata.ts';
import { POD_RULES } from './pod-rules.ts';
import { checkPodTemplate } from './pod-template.ts';
import { EMPTY, flag, has, integer, mapping, text, textOf } from './read.ts';
import { checkSelector, isEmptySelector, REFUSED_SELECTOR, selectorMatches } from './selector.ts';
import { DNS_LABEL, DNS_SUBDOMAIN, DOMAIN_PREFIXED_PATH, LABEL_VALUE, type Syntax } from './syntax.ts';
import { isTimeZone } from './time-zone.ts';
import { checkCounts, checkTemplateLabels } from './workload.ts';

const UID_LABELS = ['batch.kubernetes.io/controller-uid', 'controller-uid'];
const NAME_LABELS = ['batch.kubernetes.io/job-name', 'job-name'];
/** In place of what only the server knows. */
const UNKNOWN = '\u0000';

function checkJob(object: Mapping, root: Field): void {
  const spec = mapping(object, 'spec') ?? EMPTY;
  const at = root.under(REFUSED_JOB).at('spec');
  const name = nameOf(object);
  if (flag(spec, 'manualSelector') === true) checkManualSelector(spec, at);
  else checkGeneratedSelector(spec, at, name);
  checkJobSpec(spec, at, true);
  const completions = integer(spec, 'completions') ?? 0;
  if (text(spec, 'completionMode') === 'Indexed' && completions > 0 && name !== UNKNOWN) {
    const hostname = `${name}-${completions - 1}`;
    if (!DNS_LABEL.test(hostname))
      root
        .under(REFUSED_NAME)
        .at('metadata')
        .at('name')
        .refuse(`the last pod would be named "${hostname}", expected ${DNS_LABEL.expected}`);
  }
}

function nameOf(object: Mapping): string {
  const metadata = mapping(object, 'metadata') ?? EMPTY;
  return text(metadata, 'name') || UNKNOWN;
}

function checkManualSelector(spec: Mapping, at: Field): void {
  const selector = mapping(spec, 'selector');
  if (selector === undefined) {
    if (has(spec, 'selector')) return;
    at.under(REFUSED_SELECTOR).at('selector').required('a selector, as manualSelector is true');
  }
  const before = at.count;
  checkSelector(spec, 'selector', at);
  if (selector !== undefined && at.count !== before) return;
  const template = mapping(spec, 'template');
  if (template !== undefined && !(selector !== undefined && isEmptySelector(selector)))
    checkTemplateLabels(selector ?? EMPTY, template, at.at('template'));
}

/** The server writes selector and labels itself; what is written must agree, and cannot know the uid. */
function checkGeneratedSelector(spec: Mapping, parent: Field, name: string): void {
  const at = parent.under(REFUSED_SELECTOR);
  const template = mapping(spec, 'template') ?? EMPTY;
  const labels = mapping(mapping(template, 'metadata') ?? EMPTY, 'labels') ?? EMPTY;
  const place = at.at('template').at('metadata').at('labels');
  for (const label of UID_LABELS)
    if (has(labels, label)) place.at(label).invalid(textOf(labels[label]), 'none: the server writes it');
  for (const label of NAME_LABELS)
    if (has(labels, label) && textOf(labels[label]) !== name)
      place.at(label).invalid(textOf(labels[label]), 'none: the server writes it');
  if (name !== UNKNOWN && !LABEL_VALUE.test(name) && !NAME_LABELS.every((label) => has(labels, label)))
    at.under(REFUSED_LABEL)
      .at('template')
      .alias('labels', undefined)
      .refuse(`the label job-name of the pods would be "${name}", expected ${LABEL_VALUE.expected}`);
  const selector = mapping(spec, 'selector');
  if (selector === undefined) return;
  const before = at.count;
  checkSelector(spec, 'selector', at);
  if (at.count !== before) return;
  const written = Object.fromEntries([
    ...UID_LABELS.map((label) => [label, UNKNOWN]),
    ...NAME_LABELS.map((label) => [label, name]),
  ]);
  if (!selectorMatches(selector, written))
    at.at('selector').refuse(
      'selector is written, expected none unless manualSelector is true: the server makes one',
    );
}

const COUNTS = [
  'parallelism',
  'completions',
  'activeDeadlineSeconds',
  'backoffLimit',
  'ttlSecondsAfterFinished',
  'backoffLimitPerIndex',
  'maxFailedIndexes',
];

/** A Job's specification, also in a CronJob. */
function checkJobSpec(spec: Mapping, at: Field, defaulted: boolean): void {
  checkCounts(spec, at, ...COUNTS);
  const managedBy = text(spec, 'managedBy');
  if (managedBy !== undefined) {
    if (!DOMAIN_PREFIXED_PATH.test(managedBy))
      at.at('managedBy').invalid(managedBy, DOMAIN_PREFIXED_PATH.expected);
    if (managedBy.length > 63) at.at('managedBy').tooLong(managedBy.length, 63, 'characters');
  }
  oneOfWritten(spec, 'completionMode', ['NonIndexed', 'Indexed'], at);
  checkIndexes(spec, at, defaulted);
  const template = mapping(spec, 'template') ?? EMPTY;
  if (!(template === EMPTY && has(spec, 'template'))) {
    checkPodTemplate(template, at.at('template'));
    checkRestartPolicy(spec, template, at);
  }
  const policy = mapping(spec, 'podFailurePolicy');
  if (policy !== undefined) checkFailurePolicy(policy, spec, at.at('podFailurePolicy'));
  const replacement = text(spec, 'podReplacementPolicy');
  const allowed = has(spec, 'podFailurePolicy') ? ['Failed'] : ['Failed', 'TerminatingOrFailed'];
  if (replacement !== undefined && !allowed.includes(replacement))
    at.at('podReplacementPolicy').unsupported(replacement, allowed);
}

function oneOfWritten(map: Mapping, key: string, allowed: readonly string[], at: Field): void {
  const value = text(map, key);
  if (value !== undefined && !allowed.includes(value)) at.at(key).unsupported(value, allowed);
}

function checkRestartPolicy(spec: Mapping, template: Mapping, at: Field): void {
  const pod = mapping(template, 'spec') ?? EMPTY;
  const value = pod.restartPolicy ?? '';
  if (typeof value !== 'string') return;
  const place = at.at('template').at('spec').at('restartPolicy');
  if (value === '' || value === 'Always')
    place.refuse('restartPolicy is Always, expected OnFailure or Never in a Job');
  else if (value !== 'OnFailure' && value !== 'Never') place.unsupported(value, ['OnFailure', 'Never']);
  else if (value === 'OnFailure' && has(spec, 'podFailurePolicy'))
    place.invalid(value, 'Never, with podFailurePolicy');
}

const CRON_JOB_NAME: Syntax = {
  expected: `${DNS_SUBDOMAIN.expected}, of a CronJob 52`,
  test: (name) => name.length <= 52 && DNS_SUBDOMAIN.test(name),
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

const JOB_IMMUTABLE = [
  'selector',
  'completionMode',
  'podFailurePolicy',
  'backoffLimitPerIndex',
  'managedBy',
  'successPolicy',
];

function updateJob(old: Mapping, object: Mapping, root: Field): void {
  const before = mapping(old, 'spec') ?? EMPTY;
  const spec = mapping(object, 'spec') ?? EMPTY;
  const at = root.under(IMMUTABLE_FIELD).at('spec');
  for (const key of JOB_IMMUTABLE) unchanged(before, spec, key, at);
  // A Job that is suspended and has not started may still change where its pods run.
  if (flag(before, 'suspend') !== true) unchanged(before, spec, 'template', at);
  const elastic =
    text(spec, 'completionMode') === 'Indexed' &&
    integer(spec, 'completions') === integer(spec, 'parallelism');
  if (!elastic) unchanged(before, spec, 'completions', at);
}

export const JOB_KINDS: readonly ServerKind[] = [
  {
    group: 'batch',
    kind: 'Job',
    namespaced: true,
    name: DNS_SUBDOMAIN,
    check: checkJob,
    checkUpdate: updateJob,
    rules: [REFUSED_JOB, REFUSED_SELECTOR, ...POD_RULES, IMMUTABLE_FIELD],
  },
  {
    group: 'batch',
    kind: 'CronJob',
    namespaced: true,
    name: CRON_JOB_NAME,
    check: checkCronJob,
    rules: [REFUSED_JOB, ...POD_RULES],
  },
];
