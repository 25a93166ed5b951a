import { join } from 'node:path';
import { readChecked, removeKept, writeChecked } from '../cache/checked-file.ts';
import { amend, amendmentOf, type ReportAmendment } from './report-amendment.ts';
import { NOTHING_KEPT, type ReportFile } from './report-file.ts';
import { repacked } from './report-table.ts';

/** One folder for reports: a file of all, and one of what changed since it was written. */
export interface ReportStore {
  /** What was kept; nothing where it cannot be read. */
  readonly kept: ReportFile;
  /** @param file grew from what was kept */
  write(file: ReportFile): void;
}

/** All is written anew where what changed is more than this part of it. */
const MOST_AMENDED = 1 / 4;

/** @param dir absolute path */
export function openReportStore(dir: string): ReportStore {
  const [all, changed] = ['all.json', 'changed.json'].map((name) => join(dir, name)) as [string, string];
  const whole = readChecked(all);
  const before: ReportFile = whole === undefined ? NOTHING_KEPT : JSON.parse(whole.text);
  const since = whole && readChecked(changed);
  const amending: ReportAmendment | undefined = since && JSON.parse(since.text);
  // Another run may have written all of it since.
  const stands = amending !== undefined && amending.of === whole?.digest;
  return {
    kept: stands ? amend(before, amending) : before,
    write(file) {
      const known = new Set(before.reports);
      const anew = file.reports.filter((report) => !known.has(report)).length;
      if (whole !== undefined && anew <= known.size * MOST_AMENDED) {
        const text = JSON.stringify(amendmentOf(whole.digest, before, file));
        if (text.length <= whole.text.length * MOST_AMENDED) return writeChecked(changed, text);
      }
      writeChecked(all, JSON.stringify(repacked(file)));
      removeKept(changed);
    },
  };
}
