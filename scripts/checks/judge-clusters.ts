import { agreed, type Signatures } from '../cache/signature.ts';
import { Failure } from '../core/failure.ts';
import { optimiseCode } from '../core/optimiser.ts';
import type { Origin } from '../core/origin.ts';
import type { ClusterReport, JudgeOptions } from './cluster-report.ts';
import { type ClusterJudge, openClusterJudge } from './judge-cluster.ts';
import type { ThreadPool } from './thread-pool.ts';

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
  readonly signatures: Signatures;
  readonly failure: ShareFailure | undefined;
}

/** A Failure, which loses its class between threads. */
interface ShareFailure {
  /** Of the name that it came from. */
  readonly index: number;
  readonly message: string;
  readonly origin: Origin | undefined;
}

export interface JudgedClusters {
  /** In any order. */
  readonly reports: readonly ClusterReport[];
  readonly rules: number;
  /** What stood at names when they were looked at, where that is kept. */
  readonly signatures: Signatures;
}

/** Judges clusters in this thread and, where it pays, in others, each taking the next one that nobody has. */
export async function judgeClusters(
  names: readonly string[],
  options: JudgeOptions,
  threads: ThreadPool | undefined,
): Promise<JudgedClusters> {
  const { root, home, url, only, skip, all, today, previous, changed, keeping } = options;
  const share: Share = {
    options: { root, home, url, only, skip, all, today, previous, changed, keeping },
    names,
    next: new SharedArrayBuffer(4),
  };
  const others = threads?.judge(share) ?? [];
  const judge = openClusterJudge(options);
  const results = [judgeShare(share, judge), ...(await Promise.all(others))];
  const failures = results.flatMap(({ failure }) => (failure === undefined ? [] : [failure]));
  // Names are taken in order and finished once taken, so the first failure is the same however many threads there are.
  const [first] = failures.sort((a, b) => a.index - b.index);
  if (first !== undefined) throw new Failure(first.message, { origin: first.origin });
  return {
    rules: judge.rules,
    reports: results.flatMap(({ reports }) => reports),
    signatures: agreed(results.map(({ signatures }) => signatures)),
  };
}

/** Of many clusters, the part that is judged while V8 still optimises what judges them. */
const OPTIMISED = 0.4;
const MANY = 50;

/** Takes names until none is left. */
export function judgeShare(share: Omit<Share, 'options'>, judge: ClusterJudge): ShareResult {
  try {
    const result = judgeAll(share, judge);
    judge.finish();
    return result;
  } finally {
    optimiseCode(true);
  }
}

function judgeAll({ names, next }: Omit<Share, 'options'>, judge: ClusterJudge): ShareResult {
  const counter = new Int32Array(next);
  const turning = names.length < MANY ? undefined : Math.floor(names.length * OPTIMISED);
  const reports: ClusterReport[] = [];
  const { signatures } = judge;
  for (;;) {
    const index = Atomics.add(counter, 0, 1);
    const name = names[index];
    if (name === undefined) return { reports, signatures, failure: undefined };
    if (index === turning) optimiseCode(false);
    try {
      reports.push(judge.judge(name));
    } catch (error) {
      if (!(error instanceof Failure)) throw error;
      Atomics.store(counter, 0, names.length);
      return { reports, signatures, failure: { index, message: error.message, origin: error.origin } };
    }
  }
}
