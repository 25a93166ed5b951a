import type { ClusterReport, JudgeOptions } from './cluster-report.ts';
import { openClusterJudge } from './judge-cluster.ts';
import type { Threads } from './judge-fleet.ts';
import { judgeInThreads, threadCount } from './threads.ts';

export interface JudgedClusters {
  /** In any order. */
  readonly reports: readonly ClusterReport[];
  readonly rules: number;
}

/** Judges clusters, over several threads where that pays. */
export async function judgeClusters(
  names: readonly string[],
  options: JudgeOptions & { readonly threads?: Threads },
): Promise<JudgedClusters> {
  const { threads } = options;
  const count = threads === undefined ? 1 : threadCount(names.length, threads.count);
  const judge = () => openClusterJudge(options);
  if (threads === undefined || count === 1) {
    const { rules, judge: judgeOne } = judge();
    return { rules, reports: names.map(judgeOne) };
  }
  return judgeInThreads(names, options, { ...threads, count });
}
