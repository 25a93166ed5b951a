import { test } from 'uvu';
import * as assert from 'uvu/assert';
import type { Policy } from '../core/policy.ts';
import { readFixture } from './fixture.ts';
import { activePolicies, NO_SETTINGS, policySettings } from './rules.ts';

const policy = (id: string, on: Policy['default'], parameters = {}): Policy => ({
  id,
  of: 'resource',
  severity: 'error',
  default: on,
  title: '',
  why: '',
  fix: '',
  parameters,
  check: () => [],
});
const policies = [
  policy('usual', 'on'),
  policy('house', 'in-clusters', { minimum: 2, names: ['a'] }),
  policy('taste', 'off'),
];

function settings(json: string) {
  const [file] = readFixture('package.json', `{"planetarium": {"policies": ${json}}}`).clusters;
  const document = file?.resources[0];
  return document === undefined ? NO_SETTINGS : policySettings(document, policies);
}

function names(selection: Parameters<typeof activePolicies>[1], json = '{}'): readonly string[] {
  return activePolicies(policies, selection, settings(json)).map(
    ({ rule, parameters }) => `${rule.id} ${rule.severity} ${JSON.stringify(parameters)}`,
  );
}

test('what is on follows the default, the extent and --all', () => {
  const house = 'house error {"minimum":2,"names":["a"]}';
  assert.equal(names({ all: false, extent: 'part' }), ['usual error {}']);
  assert.equal(names({ all: false, extent: 'whole' }), ['usual error {}', house]);
  const rest = { all: false, extent: 'part', ofCluster: true } as const;
  assert.equal(names(rest), ['usual error {}', house], 'what a broken cluster still has');
  const among: Policy = { ...policy('among', 'in-clusters'), of: 'cluster', check: () => [] };
  assert.equal(activePolicies([among], rest), []);
  assert.equal(names({ all: true, extent: 'part' }), ['usual error {}', house, 'taste error {}']);
});

test('settings turn on and off, and change severity and parameters', () => {
  const json = '{"usual": "off", "house": {"severity": "warning", "minimum": 3}, "taste": "warning"}';
  assert.equal(names({ all: false, extent: 'part' }, json), [
    'house warning {"minimum":3,"names":["a"]}',
    'taste warning {}',
  ]);
});

const wrong: readonly (readonly [string, string])[] = [
  ['[]', 'Setting "planetarium.policies" is no object, expected settings by policy'],
  ['{"usuall": "off"}', 'Setting "planetarium.policies.usuall" names no policy, expected "usual"'],
  [
    '{"usual": "of"}',
    'Setting "planetarium.policies.usual" is "of", expected "off", "on", "warning", "error" or an object',
  ],
  [
    '{"house": {"minimun": 1}}',
    'Setting "planetarium.policies.house.minimun" is not known, expected one of severity, minimum, names',
  ],
  ['{"house": {"minimum": "1"}}', 'Setting "planetarium.policies.house.minimum" is "1", expected a number'],
  [
    '{"house": {"names": "b"}}',
    'Setting "planetarium.policies.house.names" is "b", expected an array of strings',
  ],
  [
    '{"house": {"severity": "fatal"}}',
    'Setting "planetarium.policies.house.severity" is "fatal", expected "warning" or "error"',
  ],
];
for (const [json, message] of wrong) {
  test(`a typo in package.json is an error: ${json}`, () => {
    assert.throws(
      () => settings(json),
      (error: Error) => error.message === message,
    );
  });
}

test('a typo above the policies is an error too', () => {
  const file = { manifest: { planetarium: { polices: {} } }, originsOf: () => [] };
  assert.throws(
    () => policySettings(file, []),
    (error: Error) => error.message === 'Setting "planetarium.polices" is not known, expected "policies"',
  );
});

test.run();
