import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { test } from 'uvu';
import * as assert from 'uvu/assert';

const dir = mkdtempSync(join(tmpdir(), 'load-'));
const program = join(dir, 'program.cjs');
const code = `${program}.code`;
writeFileSync(
  program,
  `const { sep } = require('node:path');
   const inside = () => this === module.exports;
   function own() { return this; }
   console.log([1, 2].map((n) => n + 1).join(sep), 'µ', inside(), own());`,
);

const run = () => {
  const start = `require(${JSON.stringify(resolve('scripts/load.cjs'))}).load(${JSON.stringify(program)})`;
  const { status, stdout } = spawnSync(process.execPath, ['-e', start], { encoding: 'utf8' });
  return { status, stdout };
};
/** Strict: where it is not, a function without an object has the global one. */
const EXPECTED = { status: 0, stdout: '2/3 µ true undefined\n' };

test.after(() => rmSync(dir, { recursive: true }));

test('a program runs alike without its compiled code and with it, which is kept once', () => {
  assert.equal(run(), EXPECTED);
  const { mtimeMs } = statSync(code);
  assert.equal(run(), EXPECTED);
  assert.is(statSync(code).mtimeMs, mtimeMs);
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
