import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { normalizeRepositoryUrl } from './repository-url.ts';

const SAME = [
  'https://github.com/planetarium/planetarium',
  'https://github.com/planetarium/planetarium.git',
  'https://bot@github.com/Planetarium/planetarium/',
  'ssh://git@github.com/planetarium/planetarium.git',
  'ssh://git@github.com:22/planetarium/planetarium.git',
  'git@github.com:planetarium/planetarium.git',
  'git+https://github.com/planetarium/planetarium.git',
];

test('one repository has one address', () => {
  assert.equal([...new Set(SAME.map(normalizeRepositoryUrl))], ['github.com/planetarium/planetarium']);
});

test('another repository has another', () => {
  const others = [
    'https://github.com/planetarium/planetarium-2',
    'https://gitlab.com/planetarium/planetarium',
  ];
  for (const other of others) {
    assert.is.not(normalizeRepositoryUrl(other), normalizeRepositoryUrl(SAME[0]!));
  }
});

test.run();
