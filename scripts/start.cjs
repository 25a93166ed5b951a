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
const program = join(buildDir(current), `${name}.cjs`);
process.argv = [process.argv[0], program, ...args];
if (existsSync(program)) start();
else build().then(start);

function start() {
  rememberBuild(current);
  load(program);
}

async function build() {
  const { bundle, describeBuildError } = await import('./bundle.mjs');
  try {
    await bundle(current);
  } catch (error) {
    console.error(`Could not bundle scripts/: ${describeBuildError(error)}`);
    process.exit(2);
  }
}
