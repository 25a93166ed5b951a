import type { Rule } from '../core/finding.ts';

/** A rule of this category, with what it stands for, from which the page of covered rules is made. */
export interface ServerRule extends Rule {
  readonly category: 'api-server';
  /** One short statement for each thing that is checked; Markdown. */
  readonly covers: readonly string[];
}

/** An error of category `api-server`; ids read `refused-<part>`. */
export function serverRule(
  rule: Pick<ServerRule, 'id' | 'title' | 'why' | 'fix' | 'covers'> & Partial<Pick<ServerRule, 'severity'>>,
): ServerRule {
  return { category: 'api-server', severity: 'error', ...rule };
}
