#!/usr/bin/env node
// Starts a program by name: rebuilds build/ when a source changed, so that a stale rule never judges.
import './engine.mjs';
import { existsSync } from 'node:fs';
import * as module from 'node:module';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { buildDir, bundle, describeBuildError, root, stamp } from './bundle.mjs';

const [name, ...args] = process.argv.slice(2);
if (name === undefined || !/^[a-z]+$/.test(name) || !existsSync(join(root, 'scripts', `${name}.ts`))) {
  console.error(
    `${name === undefined ? 'No command given' : `Unknown command "${name}"`}, expected one of package.json's scripts`,
  );
  process.exit(2);
}
const current = stamp();
const program = join(buildDir(current), `${name}.js`);
if (!existsSync(program)) {
  try {
    await bundle(current);
  } catch (error) {
    console.error(`Could not bundle scripts/: ${describeBuildError(error)}`);
    process.exit(2);
  }
}
// Node 22 keeps what it compiled; older ones compile each time.
module.enableCompileCache?.(join(buildDir(current), 'compiled'));
process.argv = [process.argv[0], program, ...args];
await import(pathToFileURL(program).href);
