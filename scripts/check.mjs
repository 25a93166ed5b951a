// `npm run check`: types, lint and format, tests, validate; with --judges also what the real programs say.
// The last line counts the steps, so that a run that did nothing cannot look like one that passed.
import { spawnSync } from 'node:child_process';
import { root } from './bundle.mjs';

const judges = process.argv.includes('--judges');
const steps = [
  ['types', 'npm', ['run', '--silent', 'types']],
  ['lint and format', 'npm', ['run', '--silent', 'lint']],
  ['tests', 'npm', ['test', '--silent']],
  ['validate', 'npm', ['run', '--silent', 'validate']],
  ...(judges ? [['real Kustomize', process.execPath, ['scripts/judge.mjs']]] : []),
];

let passed = 0;
let failed = 0;
for (const [name, command, args] of steps) {
  console.log(`\n── ${name}: ${command === process.execPath ? 'node' : command} ${args.join(' ')}`);
  const started = performance.now();
  const { status } = spawnSync(command, args, { cwd: root, stdio: 'inherit' });
  const seconds = ((performance.now() - started) / 1000).toFixed(1);
  console.log(`── ${name}: ${status === 0 ? 'passed' : 'FAILED'} (${seconds} s)`);
  if (status === 0) passed++;
  else failed++;
}
console.log(`${passed} passed, ${failed} failed`);
process.exitCode = failed === 0 ? 0 : 1;
