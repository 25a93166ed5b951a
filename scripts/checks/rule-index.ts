import { policies } from '../../policies/index.ts';
// Load every file that declares a rule.
import '../apiserver/admission.ts';
import '../apiserver/check.ts';
import '../apiserver/custom-rules.ts';
import '../apiserver/policies.ts';
import { serverRules } from '../apiserver/rule.ts';
import type { Rule } from '../core/finding.ts';
import { DISCOVERY_RULES } from '../discover/rules.ts';
import { SCHEMA_RULES } from '../schema/rules.ts';
import { declarationUnused } from './declarations.ts';
import { exceptionRules } from './exception-rules.ts';
import { ruleOf } from './rules.ts';
import { UPDATE_RULES } from './update-rules.ts';

let rules: readonly Rule[] | undefined;

/** Every rule there is, for selection, for the summary and for `explain`. */
export function allRules(): readonly Rule[] {
  rules ??= [
    ...DISCOVERY_RULES,
    ...SCHEMA_RULES,
    ...serverRules(),
    ...policies.map(ruleOf),
    ...exceptionRules,
    declarationUnused,
    ...UPDATE_RULES,
  ];
  return rules;
}
