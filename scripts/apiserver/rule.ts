import type { Rule } from '../core/finding.ts';

/** A rule of this category, with what it stands for, from which the page of covered rules is made. */
export interface ServerRule extends Rule {
  readonly category: 'api-server';
  /** One short statement for each thing that is checked; Markdown. */
  readonly covers: readonly string[];
}

const rules: ServerRule[] = [];

/** An error of category `api-server`; ids read `refused-<part>`. */
export function serverRule(
  described: Pick<ServerRule, 'id' | 'title' | 'why' | 'fix' | 'covers'> &
    Partial<Pick<ServerRule, 'severity'>>,
): ServerRule {
  const rule: ServerRule = { category: 'api-server', severity: 'error', ...described };
  rules.push(rule);
  return rule;
}

/** Every rule that a loaded file has declared, by id; check.ts loads them all. */
export function serverRules(): readonly ServerRule[] {
  return rules.toSorted((a, b) => (a.id < b.id ? -1 : 1));
}
