import type { Rule } from '../core/finding.ts';
import type { Policy } from '../core/policy.ts';
import type { Examples } from './policy-folder.ts';

/** What a rule wants, why, and how to mend it; for a policy with an example of both. */
export function explain(rule: Rule, policy?: Policy, examples?: Examples): string {
  const lines = [`${rule.id}: ${rule.title}`, '', `why: ${rule.why}`, `fix: ${rule.fix}`, ''];
  lines.push(`category: ${rule.category}`, `severity: ${rule.severity}`);
  if (policy !== undefined) {
    lines.push(`default: ${policy.default}`);
    for (const [name, value] of Object.entries(policy.parameters ?? {})) {
      lines.push(`parameter: ${name} = ${JSON.stringify(value)}`);
    }
    if (policy.peers !== undefined) lines.push(`elsewhere: ${policy.peers.join(', ')}`);
    lines.push(
      policy.exceptions === 'forbidden'
        ? 'exceptions: none is allowed'
        : `exception: allow.planetarium.dev/${rule.id}[.<container>]: <reason>[; until YYYY-MM-DD]`,
    );
  }
  if (examples !== undefined) {
    lines.push(
      '',
      'What is wrong:',
      '',
      indent(examples.fail),
      '',
      'What passes:',
      '',
      indent(examples.pass),
    );
  }
  return `${lines.join('\n')}\n`;
}

/** Every rule by id, one a line. */
export function listRules(rules: readonly Rule[]): string {
  const width = Math.max(...rules.map(({ id }) => id.length));
  return rules
    .map(({ id, title }) => `${id.padEnd(width)}  ${title}\n`)
    .sort()
    .join('');
}

function indent(text: string): string {
  return text.replace(/^(?=.)/gm, '    ');
}
