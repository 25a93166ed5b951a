import { readFileSync } from 'node:fs';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { policies } from '../../policies/index.ts';
import { SERVER_KINDS } from '../apiserver/kinds.ts';
import { serverRules } from '../apiserver/rule.ts';
import { allRules } from '../checks/rule-index.ts';
import { explain } from './explain.ts';
import { newPolicy } from './new-policy.ts';
import { ELSEWHERE, PEERS } from './peers.ts';
import { peersPage, rulesByCheck } from './peers-page.ts';
import { policiesPage } from './policies-page.ts';
import { readExamples } from './policy-folder.ts';
import { serverPage } from './server-page.ts';

const REPAIR = 'run npm run docs';

test('docs/policies.md is up to date', () => {
  const page = policiesPage(policies, (id) => readExamples('.', id));
  assert.ok(readFileSync('docs/policies.md', 'utf8') === page, REPAIR);
});

test('docs/peers.md is up to date', () => {
  assert.ok(readFileSync('docs/peers.md', 'utf8') === peersPage(policies), REPAIR);
});

test('docs/api-server.md is up to date', () => {
  const page = serverPage(serverRules(), SERVER_KINDS);
  assert.ok(readFileSync('docs/api-server.md', 'utf8') === page, REPAIR);
});

test('every check of the peers has its rule, and no policy names a check that is not there', () => {
  const checks: string[] = [];
  for (const [peer, names] of Object.entries(PEERS)) for (const name of names) checks.push(`${peer}/${name}`);
  const covered = rulesByCheck(policies);
  assert.equal(
    checks.filter((check) => !covered.has(check)),
    [],
  );
  assert.equal(
    [...covered.keys()].filter((check) => !checks.includes(check)),
    [],
  );
});

test('rules that stand for a check exist', () => {
  const ids = new Set(allRules().map(({ id }) => id));
  assert.equal(
    Object.values(ELSEWHERE).flatMap((rules = []) => rules.filter((id) => !ids.has(id))),
    [],
  );
});

test('ids of rules are unique', () => {
  const ids = allRules().map(({ id }) => id);
  assert.equal(ids, [...new Set(ids)]);
});

test('a rule is explained with its two examples', () => {
  const rule = allRules().find(({ id }) => id === 'host-pid');
  const policy = policies.find(({ id }) => id === 'host-pid');
  assert.ok(rule && policy);
  assert.is(
    explain(rule, policy, { fail: 'hostPID: true', pass: 'containers: []' }),
    `host-pid: Pod sees the processes of its node

why: It can read the environment and the memory of every process there, and end it.
fix: Remove \`hostPID\`.

category: policy
severity: warning
default: on
elsewhere: kube-linter/host-pid, polaris/hostPIDSet
exception: allow.planetarium.dev/host-pid[.<container>]: <reason>[; until YYYY-MM-DD]

What is wrong:

    hostPID: true

What passes:

    containers: []
`,
  );
});

test('a new policy carries its name', () => {
  assert.match(newPolicy('pets-in-the-house')['policy.ts'], "id: 'pets-in-the-house'");
});

test.run();
