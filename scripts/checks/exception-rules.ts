import type { Rule } from '../core/finding.ts';

const about = (id: string, title: string, why: string, fix: string): Rule => ({
  id,
  category: 'policy',
  severity: 'error',
  title,
  why,
  fix,
});

/** What can be wrong with an exception itself. */
export const exceptionWithoutReason = about(
  'exception-without-reason',
  'Exception gives no reason',
  'Nobody can tell later whether it still holds.',
  'Write why this object may do what the rule forbids as the value of the annotation.',
);
export const exceptionMalformed = about(
  'exception-malformed',
  'Exception cannot be read',
  'What was meant to end on a date would go on for ever.',
  'Write `<reason>; until YYYY-MM-DD` with a date of the calendar, or leave the date out.',
);
export const exceptionExpired = about(
  'exception-expired',
  'Exception is past its date',
  'Whoever wrote it expected the cause to be gone by then.',
  'Mend what it excused and remove it, or give it a new date and say why.',
);
export const exceptionUnused = about(
  'exception-unused',
  'Exception excuses nothing',
  'It would silently excuse a mistake that somebody makes later.',
  'Remove it.',
);
export const exceptionNotAllowed = about(
  'exception-not-allowed',
  'Rule allows no exception',
  'What the rule forbids is refused by the cluster, or harms everybody whoever does it.',
  'Remove the exception and mend what it was to excuse.',
);
export const exceptionOfUnknownRule = about(
  'exception-of-unknown-rule',
  'Exception names no rule',
  'A misspelled exception excuses nothing, and looks as if it did.',
  'Write the id of a rule, as `npm run explain` lists them.',
);
export const exceptionOnPodTemplate = about(
  'exception-on-pod-template',
  'Exception stands on a pod template',
  'There it is not read, and each change of it restarts every pod.',
  'Move it to the `metadata.annotations` of the object itself.',
);

export const exceptionRules: readonly Rule[] = [
  exceptionWithoutReason,
  exceptionMalformed,
  exceptionExpired,
  exceptionUnused,
  exceptionNotAllowed,
  exceptionOfUnknownRule,
  exceptionOnPodTemplate,
];
