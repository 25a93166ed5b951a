import { readFileSync } from 'node:fs';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { policies } from '../../policies/index.ts';
import type { Path } from '../core/path.ts';
import { type Resource, resourceIdOf } from '../core/resource.ts';
import { isMapping, type Mapping, type Value, valueAt } from '../core/value.ts';
import { work } from '../core/work.ts';
import { openSchemas } from '../schema/schemas.ts';
import { aloneChecker } from './alone.ts';
import { readFixture } from './fixture.ts';
import { type ActivePolicy, policyChecker } from './policies.ts';
import { activePolicies } from './rules.ts';
import { clusterSchemas } from './schema.ts';

const everything = { hasCategory: () => true, hasRule: () => true };
const schemasOf = clusterSchemas(openSchemas('schemas', '.cache/schema'));
const cluster = readFixture('', 'kind: Cluster').clusters[0]!.cluster;

/** Says what is wrong with one object after the other, each in a cluster of its own. */
function checkerOf(active: readonly ActivePolicy[]): (resource: Resource) => readonly string[] {
  const check = aloneChecker(everything, schemasOf);
  const checkPolicies = policyChecker(active);
  return (resource) => {
    const view = {
      cluster,
      resources: [resource],
      documents: [],
      extent: 'whole' as const,
      namespaces: new Map(),
      judged: new Set<Resource>(),
      found: [],
    };
    return check(view, checkPolicies).map(
      ({ violation: { rule, at, message } }) => `${rule.id} ${at.join('/')} ${message}`,
    );
  };
}

function* leavesOf(value: Value, at: Path = []): Generator<Path> {
  if (Array.isArray(value))
    for (const [index, item] of value.entries()) yield* leavesOf(item, [...at, index]);
  else if (isMapping(value)) for (const key in value) yield* leavesOf(value[key]!, [...at, key]);
  else yield at;
}

/** The object with another value there; it shares all else with the one before. */
function withValue<T extends Value>(value: T, at: Path, leaf: Value): T {
  const [step, ...rest] = at;
  if (step === undefined) return leaf as T;
  const copy = (Array.isArray(value) ? [...value] : { ...(value as Mapping) }) as Record<string, Value>;
  copy[step] = withValue(copy[step]!, rest, leaf);
  return copy as unknown as T;
}

function variantOf(resource: Resource, at: Path, leaf: Value): Resource {
  const manifest = withValue(resource.manifest, at, leaf);
  return {
    id: resourceIdOf(manifest),
    manifest,
    originsOf: (path) => resource.originsOf(path),
    keyOriginOf: (path) => resource.keyOriginOf(path),
  };
}

function objectsOf(id: string, name: 'pass' | 'fail'): readonly Resource[] {
  const file = `policies/${id}/${name}.yaml`;
  return readFixture(file, readFileSync(file, 'utf8')).clusters.flatMap(({ resources }) => resources);
}

const placeOf = ({ id }: Resource, at: Path) => `${id.apiVersion}/${id.kind}/${at.join('/')}`;

test('what is known of objects that are alike is what the checks would say', () => {
  let compared = 0;
  let found = 0;
  const judgedBefore = work.objectsJudged;
  for (const policy of activePolicies(policies, { all: true, extent: 'whole' })) {
    if (policy.policy.of === 'cluster') continue;
    const right = objectsOf(policy.rule.id, 'pass');
    /** What stands in a place of a kind, right and wrong. */
    const values = new Map<string, Set<Value>>();
    for (const object of [...right, ...objectsOf(policy.rule.id, 'fail')]) {
      for (const at of leavesOf(object.manifest)) {
        const known = values.get(placeOf(object, at)) ?? new Set();
        values.set(placeOf(object, at), known.add(valueAt(object.manifest, at)!));
      }
    }
    for (const object of right.slice(0, 4)) {
      for (const at of leavesOf(object.manifest)) {
        const place = placeOf(object, at);
        const own = valueAt(object.manifest, at)!;
        const alike = checkerOf([policy]);
        for (const value of [
          'one',
          'two',
          'three',
          'four',
          own,
          'Not a name!',
          ...[...values.get(place)!].slice(0, 5),
        ]) {
          const variant = variantOf(object, at, value);
          const expected = checkerOf([policy])(variant);
          assert.equal(alike(variant), expected, `${policy.rule.id}, ${place}: ${JSON.stringify(value)}`);
          compared++;
          found += expected.length;
        }
      }
    }
  }
  assert.ok(found > 1000, `${found}`);
  // Each was judged for itself.
  const judged = work.objectsJudged - judgedBefore - compared;
  assert.ok(judged < compared * 0.9, `${judged} of ${compared}`);
});

test.run();
