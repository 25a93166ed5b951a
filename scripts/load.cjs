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

function read(file) {
  try {
    return readFileSync(file);
  } catch {
    return undefined;
  }
}

/** Written beside and moved; a folder that cannot be written to keeps nothing, which only costs time. */
function write(file, content) {
  const own = `${file}.${process.pid}.${Math.random()}.tmp`;
  try {
    writeFileSync(own, content);
    renameSync(own, file);
  } catch {
    rmSync(own, { force: true });
  }
}
