import { policies } from '../../policies/index.ts';
import type { Rule } from '../core/finding.ts';
import { DISCOVERY_RULES } from '../discover/rules.ts';
import { exceptionRules } from './exception-rules.ts';
import { ruleOf } from './rules.ts';

let rules: readonly Rule[] | undefined;

/** Every rule there is, for selection, for the summary and for `explain`. */
export function allRules(): readonly Rule[] {
  rules ??= [...DISCOVERY_RULES, ...policies.map(ruleOf), ...exceptionRules];
  return rules;
}
