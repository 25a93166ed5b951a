import type { Origin } from '../core/origin.ts';
import { printable } from './printable.ts';

/** More of a line than this is no help to a person: a minified file is one line of megabytes. */
const WIDTH = 160;
/** What is kept of the line before the marked place where the line is cut. */
const LEAD = 40;

/** A line as it may be printed, and the mark that stands below its place. Tabs stay tabs in both, to line up. */
export function excerptOf(
  text: string,
  { line, column, endLine, endColumn }: Origin,
): { readonly shown: string; readonly mark: string } {
  const end = Math.min(endLine === line ? endColumn : text.length + 1, text.length + 1);
  const cut = text.length > WIDTH;
  const start = cut ? Math.max(0, Math.min(column - 1 - LEAD, text.length - WIDTH)) : 0;
  const kept = `${start > 0 ? '…' : ''}${text.slice(start, start + WIDTH)}`;
  const before = column - 1 - start + (start > 0 ? 1 : 0);
  const width = Math.max(1, Math.min(end - column, kept.length - before));
  const more = start + WIDTH < text.length ? '…' : '';
  return {
    shown: `${printable(kept)}${more}`,
    mark: kept.slice(0, before).replace(/[^\t]/g, ' ') + '^'.repeat(width),
  };
}
