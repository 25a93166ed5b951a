import { readFileSync } from 'node:fs';
import { Ajv } from 'ajv';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import type { Finding } from '../core/finding.ts';
import type { Summary } from '../core/summary.ts';
import { excerptOf } from './excerpt.ts';
import { fingerprintsOf, reportJson } from './json.ts';
import { reportText } from './text.ts';

const FINDING: Finding = {
  rule: 'image-without-digest',
  category: 'policy',
  severity: 'error',
  message: 'Container "web" follows the tag "1.27", expected a digest',
  why: 'A tag can be moved.',
  fix: 'Write the image as `name@sha256:…`.',
  resource: { apiVersion: 'apps/v1', kind: 'Deployment', namespace: 'planetarium', name: 'web' },
  path: ['spec', 'template', 'spec', 'containers', 0, 'image'],
  origin: { file: 'base/web.yaml', line: 2, column: 10, endLine: 2, endColumn: 20 },
  exact: true,
  edit: undefined,
  clusters: ['eu-west', 'us-east'],
};
const ABOUT_A_FILE: Finding = {
  ...FINDING,
  rule: 'unreached-file',
  category: 'fleet',
  severity: 'warning',
  message: 'No cluster reaches "base/old.yaml"',
  resource: undefined,
  path: [],
  origin: { file: 'base/old.yaml', line: 1, column: 1, endLine: 1, endColumn: 1 },
  exact: false,
  clusters: [],
};
const SUMMARY: Summary = {
  errors: 1,
  warnings: 1,
  clusters: 2,
  applications: 8,
  resources: 57,
  rules: 100,
  milliseconds: 42,
  notChecked: ['what the remote chart "traefik" 41.4.0 renders'],
};

test('the JSON report fits its schema', () => {
  const fits = new Ajv().compile(JSON.parse(readFileSync('schemas/report.schema.json', 'utf8')));
  const report: unknown = JSON.parse(reportJson([FINDING, ABOUT_A_FILE], SUMMARY));
  assert.ok(fits(report), JSON.stringify(fits.errors));
});

test('a fingerprint stays when lines move, and tells equal findings apart', () => {
  const moved = { ...FINDING, origin: { ...FINDING.origin, line: 9, endLine: 9 } };
  assert.equal(fingerprintsOf([FINDING]), fingerprintsOf([moved]));
  assert.is(new Set(fingerprintsOf([FINDING, moved, ABOUT_A_FILE])).size, 3);
});

test('the text report shows the line, why, what to do and whom it concerns', () => {
  const sourceLine = (file: string, line: number) =>
    file === 'base/web.yaml' && line === 2 ? '  image: nginx:1.27' : undefined;
  assert.is(
    reportText([FINDING, ABOUT_A_FILE], SUMMARY, { color: false, sourceLine, clusterCount: 2 }),
    `error Container "web" follows the tag "1.27", expected a digest [image-without-digest]
 --> base/web.yaml:2:10
  |
2 |   image: nginx:1.27
  |          ^^^^^^^^^^
  = why: A tag can be moved.
  = fix: Write the image as \`name@sha256:…\`.
  = object: Deployment planetarium/web, field spec.template.spec.containers[0].image
  = clusters: all 2: eu-west, us-east

warning No cluster reaches "base/old.yaml" [unreached-file]
 --> base/old.yaml:1:1
  = why: A tag can be moved.
  = fix: Write the image as \`name@sha256:…\`.

1 error, 1 warning in 2 clusters, 8 applications, 57 resources, 100 rules, 42 ms
Not checked: what the remote chart "traefik" 41.4.0 renders
`,
  );
});

test('a line of megabytes is cut around its place, and nothing in it commands the terminal', () => {
  const place = (column: number, endColumn: number) => ({
    ...FINDING.origin,
    column,
    endColumn,
  });
  const long = `${'x'.repeat(1000)}HERE${'y'.repeat(1000)}`;
  const { shown, mark } = excerptOf(long, place(1001, 1005));
  assert.is(shown, `…${'x'.repeat(40)}HERE${'y'.repeat(116)}…`);
  assert.is(mark, `${' '.repeat(41)}^^^^`);
  const atTheEnd = excerptOf(`${'x'.repeat(1000)}END`, place(1001, 1004));
  assert.is(atTheEnd.shown, `…${'x'.repeat(157)}END`);
  assert.is(atTheEnd.mark, `${' '.repeat(158)}^^^`);
  assert.equal(excerptOf('\tname:\u001b[2J a', place(2, 6)), {
    shown: '\tname:\ufffd[2J a',
    mark: '\t^^^^',
  });
});

test('colour only where it is asked for', () => {
  const options = { sourceLine: () => undefined, clusterCount: 2 };
  assert.not.match(reportText([FINDING], SUMMARY, { ...options, color: false }), '\u001b');
  assert.match(reportText([FINDING], SUMMARY, { ...options, color: true }), '\u001b[31m');
});

test.run();
