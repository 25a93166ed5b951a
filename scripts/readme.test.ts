import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { judgeFleet } from './checks/judge-fleet.ts';
import { reportText } from './report/text.ts';

const README = readFileSync('README.md', 'utf8');

/** Counts and times change without the report being another one. */
const steady = (report: string) => report.replace(/\d+ (ms|rules|resources|applications)/g, '# $1').trim();

test('the report in README.md is what its example prints', async () => {
  const [, find = '', replace = '', file = ''] = /sed -i 's\/(.*?)\/(.*?)\/' (\S+)/.exec(README) ?? [];
  const [, shown = ''] = /<!-- report -->\n```text\n(.*?)```\n<!-- \/report -->/s.exec(README) ?? [];
  assert.ok(file !== '' && shown !== '', 'README.md holds the edit and its report');
  const root = mkdtempSync(join(tmpdir(), 'planetarium-'));
  try {
    for (const name of ['base', 'overlays', 'clusters']) cpSync(name, join(root, name), { recursive: true });
    const text = readFileSync(join(root, file), 'utf8');
    assert.ok(text.includes(find), `${file} holds "${find}"`);
    writeFileSync(join(root, file), text.replace(find, replace));
    const {
      findings,
      updatesNotJudged: _,
      ...covered
    } = await judgeFleet({
      root,
      home: process.cwd(),
      url: 'https://github.com/planetarium/planetarium',
      only: [],
      skip: [],
      all: false,
      today: '2026-01-01',
      against: undefined,
    });
    const summary = { ...covered, errors: findings.length, warnings: 0, milliseconds: 0 };
    const sourceLine = (name: string, line: number) =>
      readFileSync(join(root, name), 'utf8').split('\n')[line - 1];
    const printed = reportText(findings, summary, { color: false, sourceLine, clusterCount: 3 });
    assert.is(steady(printed), steady(shown));
  } finally {
    rmSync(root, { recursive: true, force: true });
  }
});

test.run();
