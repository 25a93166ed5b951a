// Runs after `npm ci`: bundles the programs and points git at the hooks of this repository.
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { bundle, root } from './bundle.mjs';

await bundle();
if (existsSync(join(root, '.git')) && process.env.CI === undefined) {
  const { status } = spawnSync('git', ['config', 'core.hooksPath', 'scripts/hooks'], {
    cwd: root,
    stdio: 'ignore',
  });
  if (status !== 0)
    console.error('The pre-commit hook is not active: run "git config core.hooksPath scripts/hooks"');
}
