import type { Mapping } from '../core/value.ts';
import { CRON_JOB_KIND } from './cron-job.ts';
import type { Field } from './field.ts';
import { IMMUTABLE_FIELD, unchanged } from './immutable.ts';
import { REFUSED_JOB } from './job-rule.ts';
import { checkGeneratedSelector, checkManualSelector, UNKNOWN } from './job-selector.ts';
import { checkJobSpec } from './job-spec.ts';
import type { ServerKind } from './kind.ts';
import { REFUSED_NAME } from './metadata.ts';
import { POD_RULES } from './pod-rules.ts';
import { EMPTY, flag, integer, mapping, text } from './read.ts';
import { REFUSED_SELECTOR } from './selector.ts';
import { DNS_LABEL, DNS_SUBDOMAIN } from './syntax.ts';

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
  CRON_JOB_KIND,
];
