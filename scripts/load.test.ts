import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { test } from 'uvu';
import * as assert from 'uvu/assert';

const dir = mkdtempSync(join(tmpdir(), 'load-'));
const program = join(dir, 'program.cjs');
const code = `${program}.code`;
writeFileSync(
  program,
  'const { sep } = require("node:path"); console.log([1, 2].map((n) => n + 1).join(sep));',
);

const run = () => {
  const start = `require(${JSON.stringify(resolve('scripts/load.cjs'))}).load(${JSON.stringify(program)})`;
  const { status, stdout } = spawnSync(process.execPath, ['-e', start], { encoding: 'utf8' });
  return { status, stdout };
};
const EXPECTED = { status: 0, stdout: '2/3\n' };

test.after(() => rmSync(dir, { recursive: true }));

test('a program runs alike without its compiled code and with it', () => {
  assert.equal(run(), EXPECTED);
  assert.ok(existsSync(code));
  assert.equal(run(), EXPECTED);
});

test('compiled code that is damaged, cut short or empty is not used', () => {
  const whole = readFileSync(code);
  const damaged = Buffer.from(whole);
  damaged.fill(0xff, 100, 140);
  for (const content of [damaged, whole.subarray(0, whole.length - 1), Buffer.alloc(0), Buffer.alloc(900)]) {
    writeFileSync(code, content);
    assert.equal(run(), EXPECTED);
    assert.ok(!readFileSync(code).equals(content), 'kept anew');
  }
});

test.run();
