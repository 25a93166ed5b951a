// Runs after `npm ci`: bundles the programs and installs the git hook.
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { bundle } from './bundle.mjs';

await bundle();
if (existsSync('.git') && process.env.CI === undefined) {
  const hooks = spawnSync('npx', ['--no-install', 'lefthook', 'install'], { stdio: 'ignore' });
  if (hooks.status !== 0) console.error('The pre-commit hook was not installed: run "npx lefthook install"');
}
