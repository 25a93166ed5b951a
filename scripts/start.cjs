#!/usr/bin/env node
// Starts a program by name: rebuilds build/ when a source changed, so that a stale rule never judges.
'use strict';
require('./engine.cjs');
const { existsSync } = require('node:fs');
const { join } = require('node:path');
const { load } = require('./load.cjs');
const { buildDir, lastBuild, rememberBuild, root, stamp } = require('./stamp.cjs');

const [name, ...args] = process.argv.slice(2);
if (name === undefined || !/^[a-z]+$/.test(name) || !existsSync(join(root, 'scripts', `${name}.ts`))) {
  console.error(
    `${name === undefined ? 'No command given' : `Unknown command "${name}"`}, expected one of package.json's scripts`,
  );
  process.exit(2);
}
const current = lastBuild(name) ?? stamp();
if (existsSync(programOf(current))) start(current);
else build(current).then(start);

function programOf(build) {
  return join(buildDir(build), `${name}.cjs`);
}

function start(build) {
  rememberBuild(build);
  const program = programOf(build);
  process.argv = [process.argv[0], program, ...args];
  load(program);
}

async function build(wanted) {
  const { bundle, describeBuildError } = await import('./bundle.mjs');
  try {
    return await bundle(wanted);
  } catch (error) {
    console.error(`Could not bundle scripts/: ${describeBuildError(error)}`);
    process.exit(2);
  }
}
