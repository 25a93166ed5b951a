import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { readFixture } from '../scripts/checks/fixture.ts';
import { type FoundViolation, policyChecker } from '../scripts/checks/policies.ts';
import { ruleOf } from '../scripts/checks/rules.ts';
import { inventoryOf } from '../scripts/core/inventory.ts';
import type { Policy } from '../scripts/core/policy.ts';
import { policies } from './index.ts';

const folders = readdirSync('policies', { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .map((entry) => entry.name)
  .sort();

test('every folder is a policy of that name, in the index', () => {
  assert.equal(
    policies.map(({ id }) => id),
    folders,
  );
});

for (const policy of policies) {
  test(`${policy.id} explains itself`, () => {
    assert.match(policy.id, /^[a-z0-9]+(-[a-z0-9]+)*$/);
    assert.not.match(policy.title, /[.]$/);
    for (const sentence of [policy.why, policy.fix]) assert.match(sentence, /^[A-Z`"].*[.]$/s);
  });

  for (const name of ['pass', 'fail'] as const) {
    test(`${policy.id}: ${name}.yaml`, () => {
      const file = `policies/${policy.id}/${name}.yaml`;
      assert.ok(existsSync(file), `${file} is missing`);
      const fixture = readFixture(file, readFileSync(file, 'utf8'));
      assert.ok(fixture.clusters.length > 0, `${file} holds no object`);
      if (name === 'fail') assert.ok(fixture.expected.length > 0, `${file} expects nothing`);
      else assert.equal(fixture.expected, [], `${file} expects nothing, by its name`);
      assert.equal(judge(policy, fixture), [...fixture.expected].sort());
    });
  }
}

/** `line: message` of everything that the policy finds. */
function judge(policy: Policy, { clusters }: ReturnType<typeof readFixture>): readonly string[] {
  const rule = ruleOf(policy);
  const checker = policyChecker([{ policy, rule, parameters: policy.parameters ?? {} }]);
  return clusters
    .flatMap((contents): readonly FoundViolation[] => [
      ...contents.resources.flatMap(checker.checkResource),
      ...checker.checkCluster(inventoryOf(contents)),
    ])
    .map(
      ({ resource, violation }) => `${resource.originsOf(violation.at)[0]?.line ?? 0}: ${violation.message}`,
    )
    .sort();
}

test.run();
