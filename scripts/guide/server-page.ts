import type { ServerKind } from '../apiserver/kind.ts';
import { NOT_COVERED } from '../apiserver/not-covered.ts';
import type { ServerRule } from '../apiserver/rule.ts';

const HEAD = `# What the API server would refuse

Written by \`npm run docs\` from the rules in \`scripts/apiserver/\`. Schemas say what an object may look like; the API
server's own validation and admission refuse far more. These rules say what it would answer, at the field that its
answer names, for the Kubernetes version of each cluster.
`;

/** `docs/api-server.md`: what is covered, by rule and by kind, and what is not. */
export function serverPage(rules: readonly ServerRule[], kinds: readonly ServerKind[]): string {
  const covered = rules.map(({ id, covers }) => `| \`${id}\` | ${covers.map(cell).join('<br>')} |`);
  const byKind = kinds
    .toSorted((a, b) => (a.kind < b.kind ? -1 : 1))
    .map(({ group, kind, rules: own }) => {
      const ids = [...new Set(own.map(({ id }) => id))].sort();
      return `| ${kind} | ${group === '' ? 'core' : group} | ${ids.map((id) => `\`${id}\``).join(', ')} |`;
    });
  const left = NOT_COVERED.map(([what, reason]) => `| ${cell(what)} | ${cell(reason)} |`);
  return `${HEAD}
## By rule

| rule | what it holds objects to |
| --- | --- |
${covered.join('\n')}

## By kind

Every kind also answers to \`refused-name\`, \`refused-label\` and \`refused-metadata\`; custom resources to these alone,
besides their schema.

| kind | group | rules |
| --- | --- | --- |
${byKind.join('\n')}

## Not covered

| what | why |
| --- | --- |
${left.join('\n')}
`;
}

function cell(text: string): string {
  return text.replaceAll('|', '\\|');
}
