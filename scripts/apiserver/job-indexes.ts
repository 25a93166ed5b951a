import type { Mapping } from '../core/value.ts';
import type { Field } from './field.ts';
import { each, has, integer, list, mapping, text } from './read.ts';

const MOST = 100_000;
const MOST_WITH_LIMITS = 10_000;

/**
 * What indexed Jobs have, and others must not.
 * @param defaulted as in a Job, whose absent counts are filled in; those of a CronJob's template are not
 */
export function checkIndexes(spec: Mapping, at: Field, defaulted: boolean): void {
  const indexed = text(spec, 'completionMode') === 'Indexed';
  const perIndex = has(spec, 'backoffLimitPerIndex');
  const maxFailed = integer(spec, 'maxFailedIndexes');
  if (maxFailed !== undefined && !perIndex)
    at.at('backoffLimitPerIndex').required('a limit, with maxFailedIndexes');
  if (!indexed) {
    for (const key of ['backoffLimitPerIndex', 'maxFailedIndexes', 'successPolicy'])
      if (has(spec, key)) at.at(key).invalid(spec[key], 'none, as completionMode is not Indexed');
    return;
  }
  const completions = integer(spec, 'completions');
  const parallelism = integer(spec, 'parallelism') ?? 1;
  if (completions === undefined) {
    // Both absent, both are 1.
    if (!has(spec, 'completions') && (!defaulted || has(spec, 'parallelism')))
      at.at('completions').required('a number, as completionMode is Indexed');
  }
  if (parallelism > MOST)
    at.at('parallelism').invalid(parallelism, `at most ${MOST}, as completionMode is Indexed`);
  if (maxFailed !== undefined) {
    if (completions !== undefined && maxFailed > completions)
      at.at('maxFailedIndexes').invalid(maxFailed, `at most completions, ${completions}`);
    if (maxFailed > MOST) at.at('maxFailedIndexes').invalid(maxFailed, `at most ${MOST}`);
  }
  if (completions !== undefined && completions > MOST && perIndex) {
    if (maxFailed === undefined)
      at.at('maxFailedIndexes').required(`a number, as completions are above ${MOST}`);
    if (parallelism > MOST_WITH_LIMITS)
      at.at('parallelism').invalid(
        parallelism,
        `at most ${MOST_WITH_LIMITS}, as completions are above ${MOST}`,
      );
    if (maxFailed !== undefined && maxFailed > MOST_WITH_LIMITS)
      at.at('maxFailedIndexes').invalid(
        maxFailed,
        `at most ${MOST_WITH_LIMITS}, as completions are above ${MOST}`,
      );
  }
  const policy = mapping(spec, 'successPolicy');
  if (policy !== undefined) checkSuccessPolicy(policy, at.at('successPolicy'), completions);
}

function checkSuccessPolicy(policy: Mapping, at: Field, completions: number | undefined): void {
  const rules = list(policy, 'rules');
  if (rules.length === 0) at.at('rules').required('at least one rule');
  if (rules.length > 20) at.at('rules').tooLong(rules.length, 20, 'rules');
  each(policy, 'rules', at, (rule, place) => {
    const indexes = text(rule, 'succeededIndexes');
    const count = integer(rule, 'succeededCount');
    if (!has(rule, 'succeededIndexes') && !has(rule, 'succeededCount')) {
      place.required('succeededIndexes or succeededCount');
      return;
    }
    let total: number | undefined;
    if (indexes !== undefined) {
      if (indexes.length > 65536) place.at('succeededIndexes').tooLong(indexes.length, 65536, 'characters');
      total = countIndexes(indexes, completions ?? 0);
      if (total === undefined)
        place
          .at('succeededIndexes')
          .invalid(indexes, `numbers and ranges in ascending order, such as "0,2-4", below completions`);
    }
    if (count === undefined) return;
    if (count <= 0) place.at('succeededCount').invalid(count, '1 or more');
    if (completions !== undefined && count > completions)
      place.at('succeededCount').invalid(count, `at most completions, ${completions}`);
    if (total !== undefined && count > total)
      place.at('succeededCount').invalid(count, `at most the number of succeededIndexes, ${total}`);
  });
}

/** How many indexes the text lists; undefined where it is none, or an index is too high. */
function countIndexes(text: string, completions: number): number | undefined {
  if (text === '') return 0;
  let total = 0;
  let previous = -1;
  for (const part of text.split(',')) {
    const match = /^(\+?\d+)(?:-(\+?\d+))?$/.exec(part);
    if (match === null) return undefined;
    const first = Number(match[1]);
    const last = match[2] === undefined ? first : Number(match[2]);
    if (first <= previous || (match[2] !== undefined && last <= first) || last >= completions)
      return undefined;
    total += last - first + 1;
    previous = last;
  }
  return total;
}
