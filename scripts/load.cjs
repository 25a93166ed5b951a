// Runs a bundled program with the code that V8 compiled for it in runs before, which saves about half of a short run.
'use strict';
const { readFileSync, renameSync, rmSync, writeFileSync } = require('node:fs');
const { createRequire } = require('node:module');
const { dirname } = require('node:path');
const { getHeapCodeStatistics } = require('node:v8');
const { Script } = require('node:vm');

/** A run that compiled so much more than what was kept is worth keeping in its place. */
const WORTH_KEEPING = 1.2;

/** @param {string} program absolute path of a CommonJS bundle, in ASCII */
exports.load = (program) => {
  const file = `${program}.code`;
  const cachedData = read(file);
  const source = `(function (exports, require, module, __filename, __dirname) {${readFileSync(program, 'latin1')}\n})`;
  const script = new Script(source, { filename: program, cachedData });
  const known = cachedData === undefined || script.cachedDataRejected ? 0 : compiledSize();
  process.once('exit', () => {
    if (compiledSize() > known * WORTH_KEEPING) write(file, script.createCachedData());
  });
  const module = { exports: {} };
  const require = createRequire(program);
  script.runInThisContext().call(module.exports, module.exports, require, module, program, dirname(program));
};

function compiledSize() {
  return getHeapCodeStatistics().bytecode_and_metadata_size;
}

/** Undefined where nothing whole is kept. */
function read(file) {
  let twice;
  try {
    twice = readFileSync(file);
  } catch {
    return undefined;
  }
  const middle = twice.length / 2;
  return twice.subarray(0, middle).equals(twice.subarray(middle)) ? twice.subarray(0, middle) : undefined;
}

/**
 * V8 trusts what it is handed, and dies of a byte that is damaged: so it is kept twice, which is faster to compare than
 * a checksum to compute. It is written beside and moved; a folder that cannot be written to keeps nothing, which only
 * costs time.
 */
function write(file, content) {
  const own = `${file}.${process.pid}.${Math.random()}.tmp`;
  try {
    writeFileSync(own, Buffer.concat([content, content]));
    renameSync(own, file);
  } catch {
    rmSync(own, { force: true });
  }
}
