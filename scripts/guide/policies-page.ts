import type { Policy } from '../core/policy.ts';
import type { Examples } from './policy-folder.ts';

const DEFAULTS: Readonly<Record<Policy['default'], string>> = {
  on: 'on',
  'in-clusters': 'on for the clusters of this repository, off for other manifests',
  off: 'off',
};

/** `docs/policies.md`: every policy, with what it wants and an example of both. */
export function policiesPage(policies: readonly Policy[], examplesOf: (id: string) => Examples): string {
  const rows = policies.map(
    ({ id, title, severity, default: on }) => `| [${id}](#${id}) | ${title} | ${severity} | ${on} |`,
  );
  return `# Policies

<!-- Written by \`npm run docs\` from the folders of \`policies\`. -->

What the API server accepts and a team that runs a global service must not merge. \`npm run explain -- ID\` shows one
of them; \`npm run new -- policy ID\` makes the next.

- **Exceptions** stand on the object itself, with a reason and, where it can be said, an end:
  \`allow.planetarium.dev/<policy>[.<container>]: <reason>[; until YYYY-MM-DD]\`. For objects that others wrote they
  stand in a file of exceptions beside the policies (below). One without a reason, past its date, or that excuses
  nothing, is a finding.
- **Settings** stand in \`package.json\` under \`planetarium.policies\`: by id \`"off"\`, \`"on"\`, \`"warning"\`, \`"error"\`, or
  an object of \`severity\` and the policy's parameters.
- **Default** \`in-clusters\`: on for what this repository runs, and off for manifests that come from elsewhere or are
  only a part; \`off\`: a matter of taste. \`--all\` turns on both.

\`\`\`yaml
# policies/exceptions.yaml
exceptions:
  - rule: host-network
    kind: DaemonSet
    name: node-exporter # for every object of the kind unless given; group, namespace and container narrow it too
    reason: it measures the network of its node
    until: "2027-06-30" # for good unless given
\`\`\`

| policy | what is wrong | severity | default |
| --- | --- | --- | --- |
${rows.join('\n')}

${policies.map((policy) => section(policy, examplesOf(policy.id))).join('\n\n')}
`;
}

function section(policy: Policy, { pass, fail }: Examples): string {
  const facts = [
    `${policy.severity}, ${DEFAULTS[policy.default]}`,
    ...(policy.exceptions === 'forbidden' ? ['no exception is allowed'] : []),
    ...Object.entries(policy.parameters ?? {}).map(
      ([name, value]) => `parameter \`${name}\`: \`${JSON.stringify(value)}\``,
    ),
    ...(policy.peers === undefined ? [] : [`stands for ${policy.peers.join(', ')}`]),
  ];
  return `## ${policy.id}

**${policy.title}.** ${policy.why}

${policy.fix}

${facts.map((fact) => `- ${fact}`).join('\n')}

\`\`\`yaml
${fail}
\`\`\`

<details><summary>What passes</summary>

\`\`\`yaml
${pass}
\`\`\`

</details>`;
}
