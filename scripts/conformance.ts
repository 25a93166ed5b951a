import { statSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { parseArgs } from 'node:util';
import { isMainThread, parentPort, Worker, workerData } from 'node:worker_threads';
import { type ExitCode, runEntry } from './cli/entry.ts';
import { Failure } from './core/failure.ts';
import { casesOf, judge } from './kustomize/conformance/case.ts';

interface Verdict {
  readonly name: string;
  readonly difference: string | undefined;
}

interface Share {
  readonly dir: string;
  readonly names: readonly string[];
}

const judgeAll = ({ dir, names }: Share): readonly Verdict[] =>
  names.map((name) => ({ name, difference: judge(dir, name) }));

if (isMainThread) {
  void runEntry(async ({ args, out }): Promise<ExitCode> => {
    const { positionals } = parseArgs({ args: [...args], allowPositionals: true });
    const [dir, ...more] = positionals;
    if (dir === undefined || more.length > 0) throw new Failure('Usage: npm run conformance -- DIR');
    if (statSync(dir, { throwIfNoEntry: false })?.isDirectory() !== true) {
      throw new Failure(`"${dir}" is no folder, expected one that holds cases`);
    }
    const names = casesOf(dir);
    if (names.length === 0) throw new Failure(`"${dir}" holds no case, expected folders with a case.json`);
    const verdicts = (await Promise.all(shares(dir, names).map(run))).flat();
    const failed = verdicts.filter(({ difference }) => difference !== undefined);
    failed.sort((a, b) => (a.name < b.name ? -1 : 1));
    for (const { name, difference } of failed) out(`${name}: ${difference}\n\n`);
    out(`${verdicts.length - failed.length} passed, ${failed.length} failed\n`);
    return failed.length === 0 ? 0 : 1;
  });
} else {
  parentPort?.postMessage(judgeAll(workerData));
}

/** As many shares as cores, of cases that lie apart; a few cases are not worth a thread. */
function shares(dir: string, names: readonly string[]): readonly Share[] {
  const count = Math.max(1, Math.min(availableParallelism(), Math.ceil(names.length / 50)));
  return Array.from({ length: count }, (_, share) => ({
    dir,
    names: names.filter((_name, index) => index % count === share),
  }));
}

/** The first share is judged here, while the others have threads of their own. */
function run(share: Share, index: number): Promise<readonly Verdict[]> {
  if (index === 0) return new Promise((resolve) => setImmediate(() => resolve(judgeAll(share))));
  return new Promise((resolve, reject) => {
    const worker = new Worker(new URL(import.meta.url), { workerData: share });
    worker.once('message', resolve);
    worker.once('error', reject);
  });
}
