import { readFileSync, writeFileSync } from 'node:fs';
import { Failure } from '../core/failure.ts';

const START = '<!-- measured: start -->';
const END = '<!-- measured: end -->';

/**
 * Looks at a document whose tables are to be written: before minutes of measuring, since it may lack their place.
 *
 * @returns puts new tables between its marks
 */
export function openDocument(file: string): (tables: string) => void {
  partsOf(file);
  return (tables) => {
    const [before, after] = partsOf(file);
    writeFileSync(file, `${before}\n\n${tables}\n\n${after}`);
  };
}

/** What stands up to the place of the tables, and from there. */
function partsOf(file: string): readonly [before: string, after: string] {
  const text = read(file);
  const start = text.indexOf(START);
  const end = text.indexOf(END);
  if (start < 0 || end < start)
    throw new Failure(`"${file}" lacks the lines "${START}" and "${END}", between which the tables go`);
  return [text.slice(0, start + START.length), text.slice(end)];
}

function read(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (cause) {
    throw new Failure(`Could not read "${file}", expected a document that holds the lines of its tables`, {
      cause,
    });
  }
}
