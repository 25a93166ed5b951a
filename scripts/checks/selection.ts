import { Failure } from '../core/failure.ts';
import { CATEGORIES, type Category, type Rule } from '../core/finding.ts';
import { nearest } from '../core/nearest.ts';

/** Those of the rules in `policies/`. */
export const POLICY_CATEGORIES = ['policy', 'reference', 'release'] as const;

/** Which rules a run judges by. */
export interface Selection {
  /** Whether anything of that category may be reported: what need not run, does not. */
  readonly hasCategory: (category: Category) => boolean;
  readonly hasRule: (rule: Pick<Rule, 'id' | 'category'>) => boolean;
}

/**
 * @param only categories and rule ids to keep; empty keeps all
 * @param skip categories and rule ids to leave out
 * @throws Failure for a name that is neither
 */
export function selectRules(
  only: readonly string[],
  skip: readonly string[],
  rules: readonly Rule[],
): Selection {
  const categoryOf = new Map(rules.map((rule) => [rule.id, rule.category]));
  const known: readonly string[] = [...CATEGORIES, ...categoryOf.keys()];
  for (const name of [...only, ...skip]) {
    if (known.includes(name)) continue;
    const guess = nearest(name, known);
    throw new Failure(
      `"${name}" is neither a category (${CATEGORIES.join(', ')}) nor the id of a rule${guess === undefined ? '' : `; did you mean "${guess}"?`}`,
    );
  }
  const left = new Set(skip);
  const keptCategories = new Set(only.map((name) => categoryOf.get(name) ?? name));
  return {
    hasCategory: (category) => (only.length === 0 || keptCategories.has(category)) && !left.has(category),
    hasRule: ruleFilter(only, skip),
  };
}

/** Whether a rule is judged, for names that are known to be right. */
export function ruleFilter(only: readonly string[], skip: readonly string[]): Selection['hasRule'] {
  const kept = new Set(only);
  const left = new Set(skip);
  return ({ id, category }) =>
    (only.length === 0 || kept.has(id) || kept.has(category)) && !left.has(id) && !left.has(category);
}
