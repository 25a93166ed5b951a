// `npm test [-- NAME…]`: bundles every *.test.ts (or those whose path holds a NAME) and runs them with uvu.
import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { bundleTests, root } from './bundle.mjs';

const names = process.argv.slice(2);
const find = (dir) =>
  readdirSync(join(root, dir), { withFileTypes: true }).flatMap((entry) => {
    const path = `${dir}/${entry.name}`;
    if (entry.isDirectory()) return entry.name === 'cases' ? [] : find(path);
    return path.endsWith('.test.ts') && names.every((name) => path.includes(name)) ? [path] : [];
  });

const tests = ['scripts', 'policies'].filter((dir) => existsSync(join(root, dir))).flatMap(find);
if (tests.length === 0) {
  console.error(`No test file matches ${names.map((name) => `"${name}"`).join(' ')}`);
  process.exit(2);
}
const outdir = join(root, `.cache/tests.${process.pid}`);
process.chdir(root);
try {
  await bundleTests(tests, outdir);
  const run = [process.execPath, 'node_modules/uvu/bin.js', outdir, '\\.test\\.js$'];
  // uvu colours whatever it writes to.
  if (process.stdout.isTTY !== true || process.env.NO_COLOR) run.push('--no-color');
  const coverage =
    names.length === 0
      ? [
          'node_modules/c8/bin/c8.js',
          '--src',
          'scripts',
          '--reporter',
          'text-summary',
          '--exclude-after-remap',
        ]
      : [];
  const { status } = spawnSync(process.execPath, [...coverage, ...run.slice(coverage.length > 0 ? 0 : 1)], {
    stdio: 'inherit',
  });
  process.exitCode = status ?? 1;
} finally {
  rmSync(outdir, { recursive: true, force: true });
}
