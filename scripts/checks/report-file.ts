import type { KeptListing } from '../cache/listings.ts';
import type { Signature } from '../cache/signature.ts';
import type { Finding } from '../core/finding.ts';
import type { ClusterReport } from './cluster-report.ts';

/** What is kept of a run: names and findings are written once, and referred to by their index. */
export interface ReportFile {
  readonly rules: number | undefined;
  readonly listings: Readonly<Record<string, KeptListing>>;
  readonly names: readonly string[];
  /** Of the names, in their order. */
  readonly signatures: readonly Signature[];
  readonly findings: readonly Finding[];
  readonly reports: readonly PackedReport[];
  /** Of the files that no cluster reaches; undefined where that was not asked. */
  readonly unreached: readonly Finding[] | undefined;
}

export type PackedReport = Omit<ClusterReport, 'asked' | 'findings'> & {
  readonly asked: readonly (readonly number[])[];
  readonly findings: readonly number[];
};

export const NOTHING_KEPT: ReportFile = {
  rules: undefined,
  listings: {},
  names: [],
  signatures: [],
  findings: [],
  reports: [],
  unreached: undefined,
};
