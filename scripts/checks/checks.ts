import type { Rule } from '../core/finding.ts';
import { DISCOVERY_RULES } from '../discover/rules.ts';
import type { ClusterCheck } from './check.ts';
import type { Selection } from './selection.ts';

/** Every rule there is, for selection, for the summary and for `explain`. */
export function allRules(): readonly Rule[] {
  return DISCOVERY_RULES;
}

/** The checks of the selected categories; what was not asked for is not even loaded. */
export function openChecks(_root: string, _selection: Selection): readonly ClusterCheck[] {
  return [];
}
