import { entryOf } from '../core/entry.ts';
import type { ClusterReport } from './cluster-report.ts';
import type { ShareResult } from './judge-clusters.ts';

/** What a thread sends: names stand in it once, since each is copied, and most clusters depend on the same. */
export interface ShareMessage extends Omit<ShareResult, 'reports'> {
  readonly names: readonly string[];
  readonly reports: readonly MessageReport[];
}

/** What it depends on, by the places of the names. */
type MessageReport = Omit<ClusterReport, 'asked'> & { readonly asked: readonly (readonly number[])[] };

export function toMessage({ reports, ...result }: ShareResult): ShareMessage {
  const names: string[] = [];
  const indexes = new Map<string, number>();
  const add = (name: string): number => names.push(name) - 1;
  const indexOf = (name: string): number => entryOf(indexes, name, add);
  return {
    ...result,
    names,
    reports: reports.map((report) => ({ ...report, asked: report.asked.map((each) => each.map(indexOf)) })),
  };
}

export function fromMessage({ names, reports, ...result }: ShareMessage): ShareResult {
  const nameOf = (index: number): string => names[index]!;
  return {
    ...result,
    reports: reports.map((report) => ({ ...report, asked: report.asked.map((each) => each.map(nameOf)) })),
  };
}
