import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { policies } from '../../policies/index.ts';
import { inventoryOf } from '../core/inventory.ts';
import { exceptionFile } from './exception-file.ts';
import { type ExceptionContext, excuse, readReason, unusedExceptions } from './exceptions.ts';
import { readFixture } from './fixture.ts';
import { policyChecker } from './policies.ts';
import { activePolicies } from './rules.ts';

const RULES = ['several-containers-in-a-pod', 'image-without-digest', 'secret-value-in-git'];
const active = activePolicies(policies, { all: true, extent: 'whole' }).filter(({ rule }) =>
  RULES.includes(rule.id),
);
const context: ExceptionContext = {
  today: '2026-11-22',
  standing: (rule) =>
    RULES.includes(rule) ? { excusable: rule !== 'secret-value-in-git', judged: true } : undefined,
};

function pod(annotations: string, name = 'web'): string {
  return `---
apiVersion: v1
kind: Pod
metadata:
  name: ${name}
  annotations: {${annotations}}
spec:
  containers:
    - { name: web, image: "example.org/web:1" }
    - { name: proxy, image: "example.org/proxy:1" }
`;
}

function judge(yaml: string, other: Partial<ExceptionContext> = {}) {
  const { clusters } = readFixture('given.yaml', yaml);
  const checker = policyChecker(active);
  return clusters.map((contents) => {
    const inventory = inventoryOf(contents);
    return excuse(
      inventory,
      [...contents.resources.flatMap(checker.checkResource), ...checker.checkCluster(inventory)],
      { ...context, ...other },
    );
  });
}

function idsOf(found: ReturnType<typeof judge>[number]['found']): readonly string[] {
  return found.map(({ violation }) => `${violation.rule.id} ${violation.at.join('/')}`).sort();
}

const UNEXCUSED = [
  'image-without-digest spec/containers/0/image',
  'image-without-digest spec/containers/1/image',
  'several-containers-in-a-pod spec/containers/1',
];

const cases: readonly (readonly [string, string, readonly string[]])[] = [
  ['no exception', '', UNEXCUSED],
  ['a rule', 'allow.planetarium.dev/image-without-digest: it is local', UNEXCUSED.slice(2)],
  [
    'a rule for one container, and a date to come',
    'allow.planetarium.dev/image-without-digest.web: it is local; until 2026-11-22',
    UNEXCUSED.slice(1),
  ],
  [
    'no reason',
    'allow.planetarium.dev/image-without-digest: ""',
    [
      'exception-without-reason metadata/annotations/allow.planetarium.dev/image-without-digest',
      ...UNEXCUSED,
    ],
  ],
  [
    'a date gone by',
    'allow.planetarium.dev/image-without-digest: it is local; until 2026-11-21',
    ['exception-expired metadata/annotations/allow.planetarium.dev/image-without-digest', ...UNEXCUSED],
  ],
  [
    'no date',
    'allow.planetarium.dev/image-without-digest: it is local; until 2026-02-30',
    ['exception-malformed metadata/annotations/allow.planetarium.dev/image-without-digest', ...UNEXCUSED],
  ],
  [
    'a rule that allows none',
    'allow.planetarium.dev/secret-value-in-git: it is local',
    ['exception-not-allowed metadata/annotations/allow.planetarium.dev/secret-value-in-git', ...UNEXCUSED],
  ],
  [
    'no such rule',
    'allow.planetarium.dev/image-without-digests: it is local',
    [
      'exception-of-unknown-rule metadata/annotations/allow.planetarium.dev/image-without-digests',
      ...UNEXCUSED,
    ],
  ],
];
for (const [name, annotations, expected] of cases) {
  test(`an exception: ${name}`, () => {
    const [cluster] = judge(pod(annotations));
    assert.equal(idsOf(cluster?.found ?? []), expected);
  });
}

test('an exception that no cluster needs is found in each that has it, one that a single cluster needs in none', () => {
  const unneeded = pod('allow.planetarium.dev/several-containers-in-a-pod.web: it is local');
  const needed = pod('allow.planetarium.dev/several-containers-in-a-pod: it is local');
  const found = unusedExceptions(judge(`kind: Cluster\n${unneeded}---\nkind: Cluster\n${needed}`));
  assert.equal(found.map(idsOf), [
    ['exception-unused metadata/annotations/allow.planetarium.dev/several-containers-in-a-pod.web'],
    [],
  ]);
});

test('an exception on a pod template is misplaced', () => {
  const [cluster] = judge(`apiVersion: apps/v1
kind: Deployment
metadata: { name: web }
spec:
  template:
    metadata: { annotations: { allow.planetarium.dev/image-without-digest: it is local } }
    spec: {}
`);
  assert.equal(idsOf(cluster?.found ?? []), [
    'exception-on-pod-template spec/template/metadata/annotations/allow.planetarium.dev/image-without-digest',
  ]);
});

const FILE = `exceptions:
  - { rule: image-without-digest, kind: Pod, name: web, reason: the vendor gives none }
`;

function fileOf(yaml: string) {
  const file = readFixture('policies/exceptions.yaml', yaml).clusters[0]?.resources[0];
  if (file === undefined) throw new Error('the file is empty');
  return exceptionFile(file);
}

test('the file of exceptions covers the objects that it names', () => {
  const [cluster] = judge(pod('') + pod('', 'other'), { fromFile: fileOf(FILE) });
  assert.is(cluster?.found.length, 4);
});

test('an exception of the file for an object that is nowhere is unused', () => {
  const file = fileOf(
    `${FILE}  - { rule: image-without-digest, kind: Pod, name: gone, reason: the vendor gives none }\n`,
  );
  const found = unusedExceptions(judge(pod(''), { fromFile: file }));
  assert.equal(found.map(idsOf), [['exception-unused exceptions/1']]);
});

test('a misspelled key in the file of exceptions is an error at its place', () => {
  assert.throws(
    () => fileOf(FILE.replace('name:', 'nam:')),
    /^Field "exceptions\[0\]\.nam" is not known, expected one of rule, container, kind, group, namespace, name, reason, until$/,
  );
});

test('a file of exceptions holds exceptions and nothing else', () => {
  assert.throws(() => fileOf('exceptins: []\n'), /^Field "exceptins" is not known, expected "exceptions"$/);
  assert.throws(() => fileOf('exceptions: all\n'), /^Field "exceptions" is no list/);
});

test('a reason may hold semicolons', () => {
  assert.equal(readReason('old; slow ; until 2027-01-31'), { reason: 'old; slow', until: '2027-01-31' });
  assert.equal(readReason('old, until 2027-01-31'), { reason: 'old', until: '2027-01-31' });
  assert.equal(readReason('until 2027-13-31'), { reason: '', until: 'invalid' });
  assert.equal(readReason('until it is upgraded'), { reason: 'until it is upgraded', until: undefined });
});

test.run();
