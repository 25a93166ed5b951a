import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { canBeSecret, keyIn, soundsSecret } from './secret-value.ts';

// Put together here, so that no scanner takes them for keys that leaked.
const join = (...parts: readonly string[]) => parts.join('');
const KEYS: readonly (readonly [string, string])[] = [
  ['a private key', join('-----BEGIN', ' RSA PRIVATE', ' KEY-----')],
  ['an AWS access key', join('AKIA', 'IOSFODNN7EXAMPLE')],
  ['a GitHub token', join('ghp', '_', 'a1B2'.repeat(9))],
  ['a GitLab token', join('glpat', '-', 'a1B2c'.repeat(4))],
  ['a Slack token', join('xoxb', '-', '0123456789')],
  ['a Stripe key', join('sk', '_live_', 'a1B2c'.repeat(4))],
  ['a Google API key', join('AIza', 'a1B2c'.repeat(7))],
  ['an npm token', join('npm', '_', 'a1B2'.repeat(9))],
  ['a JSON Web Token', join('eyJ', 'hbGciOi', 'J9.eyJ', 'zdWIiOi', 'J9.', 'a1B2'.repeat(5))],
  ['a password in a URL', 'postgres://planetarium:hunter2@database/planetarium'],
];
for (const [name, key] of KEYS) {
  test(`knows ${name}`, () => assert.is(keyIn(`--option=${key}`), name));
}

for (const harmless of [
  'https://example.org/docs/how-to-run-the-web-server',
  'postgres://planetarium@database/planetarium',
  'postgres://$(USER):$(PASSWORD)@database/planetarium',
  'sha256:ec73780a8425f59ea49f5bc8cdff0d598805a224fbaa1f86c67a244f250fa9da',
  'ssh://git@github.com/planetarium/planetarium.git',
]) {
  test(`takes ${harmless} for no key`, () => assert.is(keyIn(harmless), undefined));
}

const NAMES: readonly (readonly [string, boolean])[] = [
  ['DB_PASSWORD', true],
  ['db-password', true],
  ['apiKey', true],
  ['AWS_SECRET_ACCESS_KEY', true],
  ['GOOGLE_APPLICATION_CREDENTIALS', true],
  ['DB_PASSWORD_FILE', false],
  ['TOKEN_URL', false],
  ['secretName', false],
  ['tokenTTL', false],
  ['LEVEL', false],
];
for (const [name, secret] of NAMES) {
  test(`${name} ${secret ? 'announces' : 'announces no'} secret`, () =>
    assert.is(soundsSecret(name), secret));
}

for (const value of [
  'true',
  '30s',
  '/run/secrets/token',
  '$(TOKEN)',
  'https://example.org',
  'a few words',
  '$A',
]) {
  test(`${value} is no secret`, () => assert.is(canBeSecret(value), false));
}
test('hunter2 can be one', () => assert.ok(canBeSecret('hunter2')));

test.run();
