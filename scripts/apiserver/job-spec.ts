import type { Mapping } from '../core/value.ts';
import type { Field } from './field.ts';
import { writtenOneOf } from './fields.ts';
import { checkFailurePolicy } from './job-failure-policy.ts';
import { checkIndexes } from './job-indexes.ts';
import { checkPodTemplate } from './pod-template.ts';
import { EMPTY, has, mapping, text } from './read.ts';
import { DOMAIN_PREFIXED_PATH } from './syntax.ts';
import { checkCounts } from './workload.ts';

const COUNTS = [
  'parallelism',
  'completions',
  'activeDeadlineSeconds',
  'backoffLimit',
  'ttlSecondsAfterFinished',
  'backoffLimitPerIndex',
  'maxFailedIndexes',
];

/**
 * A Job's specification, also in a CronJob.
 * @param defaulted as in a Job; the template of a CronJob is judged as it is written
 */
export function checkJobSpec(spec: Mapping, at: Field, defaulted: boolean): void {
  checkCounts(spec, at, ...COUNTS);
  const managedBy = text(spec, 'managedBy');
  if (managedBy !== undefined) {
    if (!DOMAIN_PREFIXED_PATH.test(managedBy))
      at.at('managedBy').invalid(managedBy, DOMAIN_PREFIXED_PATH.expected);
    if (managedBy.length > 63) at.at('managedBy').tooLong(managedBy.length, 63, 'characters');
  }
  writtenOneOf(spec, 'completionMode', ['NonIndexed', 'Indexed'], at);
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
