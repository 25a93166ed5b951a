import type { ReportFile } from './report-file.ts';

/** How a file of reports differs from one that was written before, so that the next run need not write all of it. */
export interface ReportAmendment {
  /** The digest of the file that it amends. */
  readonly of: string;
  readonly rules: ReportFile['rules'];
  readonly unreached: ReportFile['unreached'];
  readonly newNames: ReportFile['names'];
  readonly newFindings: ReportFile['findings'];
  /** Of new names, and of others where they differ. */
  readonly signatures: readonly (readonly [index: number, signature: ReportFile['signatures'][number]])[];
  readonly listings: ReportFile['listings'];
  readonly unlisted: readonly string[];
  readonly reports: ReportFile['reports'];
  /** Clusters whose reports do not stand any more. */
  readonly gone: readonly string[];
}

/** @param after grew from `before`: what it has not changed is the very same object */
export function amendmentOf(of: string, before: ReportFile, after: ReportFile): ReportAmendment {
  const old = new Set(before.reports);
  const present = new Set(after.reports.map(({ cluster }) => cluster));
  return {
    of,
    rules: after.rules,
    unreached: after.unreached,
    newNames: after.names.slice(before.names.length),
    newFindings: after.findings.slice(before.findings.length),
    signatures: Array.from(after.signatures.entries()).filter(
      ([index, signature]) => signature !== before.signatures[index],
    ),
    listings: Object.fromEntries(
      Object.entries(after.listings).filter(([dir, listing]) => listing !== before.listings[dir]),
    ),
    unlisted: Object.keys(before.listings).filter((dir) => after.listings[dir] === undefined),
    reports: after.reports.filter((report) => !old.has(report)),
    gone: before.reports.map(({ cluster }) => cluster).filter((cluster) => !present.has(cluster)),
  };
}

export function amend(before: ReportFile, amendment: ReportAmendment): ReportFile {
  const { rules, unreached, newNames, newFindings, gone, unlisted } = amendment;
  const signatures = before.signatures.slice();
  for (const [index, signature] of amendment.signatures) signatures[index] = signature;
  const reports = new Map(
    [...before.reports, ...amendment.reports].map((report) => [report.cluster, report]),
  );
  for (const cluster of gone) reports.delete(cluster);
  const listings = { ...before.listings, ...amendment.listings };
  for (const dir of unlisted) delete listings[dir];
  return {
    rules,
    unreached,
    names: [...before.names, ...newNames],
    signatures,
    findings: [...before.findings, ...newFindings],
    reports: [...reports.values()],
    listings,
  };
}
