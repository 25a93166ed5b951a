import type { PlacedEdit } from '../core/finding.ts';

/**
 * A file's text with the edits made, from the last to the first so that places stay true; layout and comments stay.
 * Edits that meet are made once; what cannot be made in plain text (a value over several lines, a mapping in braces)
 * is left out.
 */
export function editText(text: string, edits: readonly PlacedEdit[]): string {
  const starts = lineStarts(text);
  let result = text;
  let before = Number.POSITIVE_INFINITY;
  for (const { origin, text: change } of sortedFromEnd(edits)) {
    const start = starts[origin.line - 1]! + origin.column - 1;
    const end = starts[origin.endLine - 1]! + origin.endColumn - 1;
    if (end > before || origin.line !== origin.endLine) continue;
    const made = replacement(result, start, end, change, starts[origin.line - 1]!);
    if (made === undefined) continue;
    result = result.slice(0, made.start) + made.text + result.slice(made.end);
    before = made.start;
  }
  return result;
}

interface Replacement {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

function replacement(
  text: string,
  start: number,
  end: number,
  change: PlacedEdit['text'],
  line: number,
): Replacement | undefined {
  if (typeof change === 'string') return { start, end, text: change };
  if ('quoted' in change) return { start, end, text: JSON.stringify(text.slice(start, end)) };
  const indent = text.slice(line, start);
  // A line can only be put before what begins its own.
  return indent.trim() === '' ? { start: line, end: line, text: `${indent}${change.line}\n` } : undefined;
}

function sortedFromEnd(edits: readonly PlacedEdit[]): readonly PlacedEdit[] {
  const unique = new Map(edits.map((edit) => [JSON.stringify(edit), edit]));
  return [...unique.values()].sort(
    (a, b) => b.origin.line - a.origin.line || b.origin.column - a.origin.column,
  );
}

function lineStarts(text: string): readonly number[] {
  const starts = [0];
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) starts.push(at + 1);
  return starts;
}
