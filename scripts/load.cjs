// Runs a bundled program with the code that V8 compiled for it in runs before, which saves about half of a short run.
'use strict';
const { readFileSync, renameSync, rmSync, writeFileSync } = require('node:fs');
const { createRequire } = require('node:module');
const { dirname } = require('node:path');
const { Script } = require('node:vm');

/**
 * A run that worked so much longer than the one whose code was kept has its own kept: the code of a long run makes both
 * short and long ones as fast as they get, that of a short one leaves out much of what a long one needs.
 */
const LONGER = 1.5;
const LEAST = 200_000;
/** Before the code stands how long the run that kept it had worked, in microseconds. */
const SIZE = Float64Array.BYTES_PER_ELEMENT;

/** @param {string} program absolute path of a CommonJS bundle */
exports.load = (program) => {
  const file = `${program}.code`;
  const kept = read(file);
  const source = `(function (exports, require, module, __filename, __dirname) {'use strict';${readFileSync(program, 'utf8')}\n})`;
  const script = new Script(source, { filename: program, cachedData: kept?.subarray(SIZE) });
  const known = kept === undefined || script.cachedDataRejected ? -LEAST : kept.readDoubleLE();
  process.once('exit', () => {
    const worked = process.cpuUsage().user;
    if (worked > Math.max(known * LONGER, known + LEAST)) write(file, worked, script.createCachedData());
  });
  const module = { exports: {} };
  const require = createRequire(program);
  script.runInThisContext().call(module.exports, module.exports, require, module, program, dirname(program));
};

/** Undefined where nothing whole is kept. */
function read(file) {
  let twice;
  try {
    twice = readFileSync(file);
  } catch {
    return undefined;
  }
  const middle = twice.length / 2;
  const kept = twice.subarray(0, middle);
  return middle > SIZE && kept.equals(twice.subarray(middle)) ? kept : undefined;
}

/**
 * V8 trusts what it is handed, and dies of a byte that is damaged: so it is kept twice, which is faster to compare than
 * a checksum to compute. It is written beside and moved; a folder that cannot be written to keeps nothing, which only
 * costs time.
 */
function write(file, worked, code) {
  const size = Buffer.alloc(SIZE);
  size.writeDoubleLE(worked);
  const own = `${file}.${process.pid}.${Math.random()}.tmp`;
  try {
    writeFileSync(own, Buffer.concat([size, code, size, code]));
    renameSync(own, file);
  } catch {
    rmSync(own, { force: true });
  }
}
