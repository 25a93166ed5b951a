import type { Mapping } from '../core/value.ts';
import type { Field } from './field.ts';
import { writtenOneOf } from './fields.ts';
import type { ServerKind } from './kind.ts';
import { has, mapping } from './read.ts';
import { serverRule } from './rule.ts';
import { checkSelector } from './selector.ts';
import { PERCENTAGE } from './syntax.ts';

export const REFUSED_BUDGET = serverRule({
  id: 'refused-disruption-budget',
  title: 'PodDisruptionBudget that the API server refuses',
  why: 'A budget states either how many pods stay or how many may go; both at once, or a number that is none, cannot be kept.',
  fix: 'Keep one of `minAvailable` and `maxUnavailable`, as a number of 0 or more or a percentage up to 100%.',
  covers: [
    'not both `minAvailable` and `maxUnavailable`',
    'their values are numbers of 0 or more, or percentages up to 100%',
    '`unhealthyPodEvictionPolicy`',
  ],
});

function checkBudget(object: Mapping, root: Field): void {
  const spec = mapping(object, 'spec');
  if (spec === undefined) return;
  const at = root.under(REFUSED_BUDGET).at('spec');
  if (has(spec, 'minAvailable') && has(spec, 'maxUnavailable'))
    at.refuse('minAvailable and maxUnavailable are both set, expected one of them');
  checkAmount(spec, 'minAvailable', at);
  checkAmount(spec, 'maxUnavailable', at);
  checkSelector(spec, 'selector', at);
  writtenOneOf(spec, 'unhealthyPodEvictionPolicy', ['IfHealthyBudget', 'AlwaysAllow'], at);
}

function checkAmount(spec: Mapping, key: string, at: Field): void {
  const value = spec[key];
  if (typeof value === 'number') {
    if (value < 0) at.at(key).invalid(value, '0 or more');
  } else if (typeof value === 'string') {
    if (!PERCENTAGE.test(value)) at.at(key).invalid(value, `a number, or ${PERCENTAGE.expected}`);
    else if (Number.parseInt(value, 10) > 100) at.at(key).invalid(value, 'at most 100%');
  }
}

export const DISRUPTION_KINDS: readonly ServerKind[] = [
  {
    group: 'policy',
    kind: 'PodDisruptionBudget',
    namespaced: true,
    // The group has no name function of its own: only what becomes a step of a URL is checked.
    name: undefined,
    check: checkBudget,
    rules: [REFUSED_BUDGET],
  },
];
