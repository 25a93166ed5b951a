import type { Origin } from '../core/origin.ts';
import type { Place, Source } from './node.ts';

const lineStarts = new WeakMap<Source, readonly number[]>();

function startsOf(source: Source): readonly number[] {
  let starts = lineStarts.get(source);
  if (starts === undefined) {
    const found = [0];
    for (let at = source.text.indexOf('\n'); at >= 0; at = source.text.indexOf('\n', at + 1))
      found.push(at + 1);
    starts = found;
    lineStarts.set(source, starts);
  }
  return starts;
}

/** 1-based line and column of an offset. */
export function positionOf(
  source: Source,
  offset: number,
): { readonly line: number; readonly column: number } {
  const starts = startsOf(source);
  let low = 0;
  let high = starts.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (starts[middle]! <= offset) low = middle;
    else high = middle - 1;
  }
  return { line: low + 1, column: offset - starts[low]! + 1 };
}

export function originOf(place: Place): Origin {
  const { inside } = place.source;
  if (inside !== undefined) {
    const start = inside.offsetOf(place.start);
    const end = Math.max(start, inside.offsetOf(place.end));
    return originOf({ source: inside.source, start, end });
  }
  const start = positionOf(place.source, place.start);
  const end = positionOf(place.source, place.end);
  return {
    file: place.source.file,
    line: start.line,
    column: start.column,
    endLine: end.line,
    endColumn: end.column,
  };
}
