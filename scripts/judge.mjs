// Holds the renderer to the real program: every kustomization of this repository must give the same bytes.
// Where `kustomize` 5.8.1 is neither there nor can be installed, it says so and passes.
import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { root } from './bundle.mjs';

const VERSION = 'v5.8.1';
const MODULE = `sigs.k8s.io/kustomize/kustomize/v5@${VERSION}`;

/** The path of the real program at that version, or undefined. */
function findKustomize() {
  const goBin = join(process.env.GOPATH ?? join(homedir(), 'go'), 'bin');
  const find = () =>
    ['kustomize', join(goBin, 'kustomize')].find((program) => {
      const { status, stdout, stderr } = spawnSync(program, ['version'], { encoding: 'utf8' });
      // A build by `go install` knows no version of its own: it prints (devel).
      return status === 0 && (stdout.includes(VERSION) || `${stdout}${stderr}`.includes('devel'));
    });
  const found = find();
  if (found !== undefined) return found;
  console.log(`Installing the real Kustomize: go install ${MODULE}`);
  const { status } = spawnSync('go', ['install', MODULE], { stdio: 'ignore', timeout: 240_000 });
  return status === 0 ? find() : undefined;
}

const kustomizationFiles = ['kustomization.yaml', 'kustomization.yml', 'Kustomization'];

function foldersBelow(dir) {
  if (!existsSync(join(root, dir))) return [];
  const here = kustomizationFiles.some((name) => existsSync(join(root, dir, name))) ? [dir] : [];
  const below = readdirSync(join(root, dir), { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .flatMap((entry) => foldersBelow(`${dir}/${entry.name}`));
  return [...here, ...below];
}

const kustomize = findKustomize();
if (kustomize === undefined) {
  console.log(`Not compared with the real Kustomize: ${VERSION} is not there and could not be installed`);
  process.exit(0);
}

// An absolute path, since the cases are built in their own folders.
const program = kustomize.includes('/')
  ? kustomize
  : spawnSync('which', [kustomize], { encoding: 'utf8' }).stdout.trim();
const run = (command, args) => spawnSync(command, args, { cwd: root, encoding: 'utf8', maxBuffer: 1 << 28 });
let passed = 0;
let failed = 0;
for (const dir of ['base', 'overlays', 'clusters'].flatMap(foldersBelow)) {
  const theirs = run(kustomize, ['build', dir]);
  const ours = run(process.execPath, ['scripts/start.cjs', 'render', dir]);
  // A Component alone may refuse to build; then both must refuse.
  const same = theirs.status === 0 ? ours.status === 0 && ours.stdout === theirs.stdout : ours.status === 2;
  if (same) passed++;
  else {
    failed++;
    console.log(
      `"npm run render -- ${dir}" differs from "kustomize build ${dir}"\n${ours.stderr}${theirs.stderr}`,
    );
  }
}
console.log(`Folders equal to the real Kustomize: ${passed} passed, ${failed} failed`);

/** The answers beside the conformance cases are the real program's: it must still give them. */
function driftedCases() {
  const dir = join(root, 'scripts/kustomize/cases');
  return readdirSync(dir).filter((name) => {
    const { target, flags, expect } = JSON.parse(readFileSync(join(dir, name, 'case.json'), 'utf8'));
    const cwd = join(dir, name, 'in');
    // No PATH: a case must not need git, Helm or any other program.
    const answer = spawnSync(program, ['build', target, ...flags], { cwd, encoding: 'utf8', env: {} });
    if (expect === 'error') return answer.status === 0;
    return answer.status !== 0 || answer.stdout !== readFileSync(join(dir, name, 'expected.yaml'), 'utf8');
  });
}

const drifted = driftedCases();
for (const name of drifted)
  console.log(`scripts/kustomize/cases/${name}: the real program gives another answer`);
console.log(`Conformance cases that hold: ${drifted.length === 0 ? 'all' : `${drifted.length} failed`}`);
failed += drifted.length;
// Random mistakes: both refuse, or both give the same bytes.
const broken = spawnSync(process.execPath, ['scripts/test.mjs', 'proof/broken-input'], {
  cwd: root,
  stdio: 'inherit',
  env: { ...process.env, KUSTOMIZE: program, ROUNDS: '300' },
});
if (broken.status !== 0) failed++;
process.exitCode = failed === 0 && passed > 0 ? 0 : 1;
