import type { PeerCheck, Policy } from '../core/policy.ts';
import { ELSEWHERE, PEERS } from './peers.ts';

/** `docs/peers.md`: each check of the three linters that people come from, and the rules here that stand for it. */
export function peersPage(policies: readonly Policy[]): string {
  const rules = rulesByCheck(policies);
  const ids = new Set(policies.map(({ id }) => id));
  const link = (id: string) => (ids.has(id) ? `[${id}](policies.md#${id})` : `\`${id}\``);
  const tables = Object.entries(PEERS).map(([peer, checks]) => {
    const rows = checks.map(
      (check) => `| ${check} | ${(rules.get(`${peer}/${check}`) ?? []).map(link).join(', ')} |`,
    );
    return `## ${peer}\n\n| check | here |\n| --- | --- |\n${rows.join('\n')}`;
  });
  return `# Coming from another linter

<!-- Written by \`npm run docs\` from the \`peers\` of each policy. -->

Every check of kube-linter 0.8, kube-score 1.20 and Polaris 10, and the rules here that stand for it. A link leads to a
policy; the others are said by the schema or by the rules of the API server (\`npm run explain -- RULE\`). Where a check
is a matter of taste its policy is off by default, and says why.

Where a rule here means something else on purpose:

- Topology spread constraints over nodes or zones keep replicas apart as well as anti-affinity does.
- A limit without a request counts as both by default, as the API server fills it in; an amount of zero counts as none.
- A ServiceAccount in both fields, equal, is what \`kubectl get\` writes, and no use of the old one.
- A Service without an address of its own sends no traffic to the pods of a Deployment or DaemonSet.
- Pods of \`kube-system\`, of operators and of remote charts are not known: a selector there may match them.
- A role that Kubernetes brings (\`edit\`, \`admin\`) is known by what it allows, though it stands in no manifest.

${tables.join('\n\n')}
`;
}

/** The rules that stand for each check. */
export function rulesByCheck(policies: readonly Policy[]): ReadonlyMap<string, readonly string[]> {
  const rules = new Map<string, string[]>();
  const add = (check: string, rule: string) => {
    const list = rules.get(check);
    if (list === undefined) rules.set(check, [rule]);
    else list.push(rule);
  };
  for (const { id, peers } of policies) for (const check of peers ?? []) add(check, id);
  for (const check in ELSEWHERE) for (const rule of ELSEWHERE[check as PeerCheck] ?? []) add(check, rule);
  return rules;
}
