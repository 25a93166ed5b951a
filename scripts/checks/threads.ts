import { availableParallelism } from 'node:os';
import { Worker } from 'node:worker_threads';
import { Failure } from '../core/failure.ts';
import type { Origin } from '../core/origin.ts';
import type { ClusterReport, JudgeOptions } from './cluster-report.ts';
import { type ClusterJudge, openClusterJudge } from './judge-cluster.ts';
import type { JudgedClusters } from './judge-clusters.ts';

/** What a thread is given. */
export interface Share {
  readonly options: JudgeOptions;
  readonly names: readonly string[];
  /** One 32-bit counter that all threads share: the next name that nobody has taken. */
  readonly next: SharedArrayBuffer;
}

/** What a thread gives back. */
export interface ShareResult {
  readonly reports: readonly ClusterReport[];
  readonly failure: ShareFailure | undefined;
}

/** A Failure, which loses its class between threads. */
interface ShareFailure {
  /** Of the name that it came from. */
  readonly index: number;
  readonly message: string;
  readonly origin: Origin | undefined;
}

/** Clusters that one thread judges in the time that another takes to start. */
const WORTH_A_THREAD = 12;
const MOST = 8;

/** What a cluster comes to outlives several of the collections that V8 makes of a small young generation. */
const resourceLimits = { maxYoungGenerationSizeMb: 96 };

/** @param wanted however many clusters there are */
export function threadCount(clusters: number, wanted: number | undefined): number {
  if (wanted !== undefined) return Math.max(1, Math.min(wanted, clusters));
  return Math.max(1, Math.min(availableParallelism(), MOST, Math.floor(clusters / WORTH_A_THREAD)));
}

/** Judges clusters in this thread and others, each taking the next one that nobody has. */
export async function judgeInThreads(
  names: readonly string[],
  options: JudgeOptions,
  threads: { readonly program: string; readonly loader: string; readonly count: number },
): Promise<JudgedClusters> {
  const { root, home, url, only, skip, all, today, previous, changed, keeping } = options;
  const share: Share = {
    options: { root, home, url, only, skip, all, today, previous, changed, keeping },
    names,
    next: new SharedArrayBuffer(4),
  };
  const others = Array.from({ length: threads.count - 1 }, () => startThread(threads, share));
  // The others must not be left alone where this one throws.
  const together = Promise.all(others);
  together.catch(() => undefined);
  const judge = openClusterJudge(options);
  const results = [judgeShare(share, judge), ...(await together)];
  const failures = results.flatMap(({ failure }) => (failure === undefined ? [] : [failure]));
  // Names are taken in order and finished once taken, so the first failure is the same however many threads there are.
  const [first] = failures.sort((a, b) => a.index - b.index);
  if (first !== undefined) throw new Failure(first.message, { origin: first.origin });
  return { rules: judge.rules, reports: results.flatMap(({ reports }) => reports) };
}

function startThread(
  { program, loader }: { readonly program: string; readonly loader: string },
  share: Share,
): Promise<ShareResult> {
  return new Promise((resolve, reject) => {
    const thread = new Worker(loader, { argv: [program], workerData: share, resourceLimits });
    thread.once('message', resolve);
    thread.once('error', reject);
    thread.once('exit', (code) => {
      if (code !== 0) reject(new Error(`A thread ended with ${code}`));
    });
  });
}

/** Takes names until none is left. */
export function judgeShare({ names, next }: Omit<Share, 'options'>, judge: ClusterJudge): ShareResult {
  const counter = new Int32Array(next);
  const reports: ClusterReport[] = [];
  for (;;) {
    const index = Atomics.add(counter, 0, 1);
    const name = names[index];
    if (name === undefined) return { reports, failure: undefined };
    try {
      reports.push(judge.judge(name));
    } catch (error) {
      if (!(error instanceof Failure)) throw error;
      Atomics.store(counter, 0, names.length);
      return { reports, failure: { index, message: error.message, origin: error.origin } };
    }
  }
}
