import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { formatOf } from './formats.ts';
import { regExpOf } from './pattern.ts';
import { isBase64, isMicroTime, isQuantity, isTime } from './scalars.ts';

const split = (accepted: readonly string[], refused: readonly string[], check: (text: string) => boolean) => {
  assert.equal(
    accepted.filter((text) => !check(text)),
    [],
  );
  assert.equal(refused.filter(check), []);
};

test('quantities', () => {
  split(
    [
      '0',
      '1',
      '-1',
      '+1',
      '1.',
      '.5',
      '1.5',
      '100m',
      '1k',
      '1Ki',
      '1E',
      '1e3',
      '1E-3',
      '1e+30',
      ' 1 ',
      '00012',
      '5n',
      '5u',
      // Without a digit it is 0.
      '.',
      '+',
      'm',
      'Gi',
    ],
    [
      '',
      'Pi',
      '1\n',
      '1K',
      '1ki',
      '1Mb',
      '1 Gi',
      '1e',
      '1e1.5',
      '1e3k',
      '1,5',
      '٣',
      '0x10',
      '1kk',
      '--1',
      'NaN',
    ],
    isQuantity,
  );
});

test('base64', () => {
  split(
    ['', 'YQ==', 'YWI=', 'YWJj', 'YW\nJj', 'YWJj\r\n', 'Y/+='],
    ['YQ', 'YQ=', 'YQ===', 'Y===', 'YW-_', 'YW Jj', '=', 'YQ==YQ=='],
    isBase64,
  );
});

test('times', () => {
  split(
    [
      '2026-01-31T12:00:00Z',
      '2026-01-31T12:00:00.5Z',
      '2026-01-31T12:00:00.123456789+05:30',
      '2024-02-29T00:00:00Z',
    ],
    [
      '',
      '2026-01-31',
      '2026-01-31T12:00:00',
      '2026-01-31t12:00:00z',
      '2026-13-01T00:00:00Z',
      '2025-02-29T00:00:00Z',
      '2026-01-31T24:00:00Z',
      '2026-01-31T12:60:00Z',
      '2026-01-31 12:00:00Z',
    ],
    isTime,
  );
  split(
    ['2026-01-31T12:00:00.000000Z'],
    ['2026-01-31T12:00:00Z', '2026-01-31T12:00:00.000Z', '2026-01-31T12:00:00.0000000Z'],
    isMicroTime,
  );
});

for (const [format, accepted, refused] of [
  ['ipv4', ['10.0.0.1', '255.255.255.255'], ['10.0.0', '10.0.0.256', '10.0.0.01', '::1', 'a']],
  [
    'ipv6',
    ['::', '::1', '2001:db8::1', '::ffff:10.0.0.1', '1:2:3:4:5:6:7:8'],
    ['10.0.0.1', '1:2:3', ':::', '1::2::3', '12345::', '1:2:3:4:5:6:7:8:9'],
  ],
  ['cidr', ['10.0.0.0/8', '::/0'], ['10.0.0.0', '10.0.0.0/33', '::/129', '10.0.0.0/08']],
  ['date', ['2026-01-31'], ['2026-02-30', '2026-1-1', 'x']],
  [
    'date-time',
    ['2026-01-31T12:00:00Z', '2026-01-31t12:00:00.5+01:00'],
    ['2026-01-31', '2026-01-31T25:00:00Z'],
  ],
  ['uuid', ['123e4567-e89b-12d3-a456-426614174000'], ['123e4567', 'g23e4567-e89b-12d3-a456-426614174000']],
  ['byte', ['YQ=='], ['YQ', '!']],
  ['uri', ['https://a/b', '/a', 'urn:x'], ['', 'a b', 'a']],
  ['hostname', ['a', 'a.b-c.d'], ['', '-a', 'a b']],
  ['duration', ['5s', '1h30m', '0', '3 days'], ['5', 'x', '']],
] as const) {
  test(`format ${format}`, () => {
    const check = formatOf(format);
    if (check === undefined) throw new Error(`${format} is not checked`);
    split(accepted, refused, check);
  });
}

for (const [pattern, accepted, refused] of [
  ['^[a-z0-9]([-a-z0-9]*[a-z0-9])?$', ['a', 'a-b'], ['A', '-a', '']],
  ['^[[:alpha:]_-]+$', ['ab_-'], ['a1']],
  ['(?i)^abc\\z', ['ABC', 'abc'], ['abcd']],
  ['^(?i)(abort|warn)?$', ['', 'Warn'], ['x', 'warning']],
  ['\\Aa\\.b\\-c\\z', ['a.b-c'], ['axb-c', 'xa.b-c']],
  ['^\\pL+$', ['äb'], ['1']],
  ['^\\p{Greek}$', ['α'], ['a']],
  ['^(?P<year>[0-9]{4})$', ['2026'], ['26']],
  ['^[^]a]$', ['b'], [']', 'a']],
  ['^[]a]$', [']', 'a'], ['b']],
  ['^a{,2}$', ['a{,2}'], ['aa']],
  ["^[%&/:=~!$'()*+,;@-]$", ['%', '-', '@'], ['a']],
  ['^\\Qa.b\\E$', ['a.b'], ['axb']],
  ['^.$', ['😀', 'a'], ['ab']],
  ['^\\s$', [' ', '\t'], ['\v', '\u00a0']],
  ["\\/[A-Za-z0-9\\/\\-._~%!$&'()*+,;=:]+$", ['/a', '/%20'], ['/', '']],
] as const) {
  test(`pattern ${pattern}`, () => {
    const expression = regExpOf(pattern);
    if (expression === undefined) throw new Error('no equal');
    split(accepted, refused, (text) => expression.test(text));
  });
}

test('patterns that JavaScript cannot say are left alone', () => {
  for (const pattern of ['a(?i)b', '(?=a)', '(', '\\y', '[a', '(?<=a)b'])
    assert.is(regExpOf(pattern), undefined, pattern);
});

test.run();
