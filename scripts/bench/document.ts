import { readFileSync, writeFileSync } from 'node:fs';
import { Failure } from '../core/failure.ts';

const START = '<!-- measured: start -->';
const END = '<!-- measured: end -->';

/** Puts new tables between the marks of a document. */
export function writeTables(file: string, tables: string): void {
  const text = readFileSync(file, 'utf8');
  const start = text.indexOf(START);
  const end = text.indexOf(END);
  if (start < 0 || end < start)
    throw new Failure(`"${file}" lacks the lines "${START}" and "${END}", between which the tables go`);
  writeFileSync(file, `${text.slice(0, start + START.length)}\n\n${tables}\n\n${text.slice(end)}`);
}
