import type { ScalarNode, Source } from '../yaml/node.ts';

/**
 * The text of a scalar as a source of its own, whose places lead back to the file that holds it.
 *
 * @param skip characters of the text to leave out at its start
 */
export function embeddedSource(node: ScalarNode, text: string = node.text, skip = 0): Source {
  const { source, start } = node.place;
  const isBlock = node.style === 'literal' || node.style === 'folded';
  const offsetOf = isBlock ? blockOffsets(node, skip) : lineOffsets(node, skip);
  return { file: source.file, text, inside: { source, offsetOf: offsetOf ?? (() => start) } };
}

/** A plain or quoted scalar of one line; one with escapes is only found as a whole. */
function lineOffsets(
  { place, text, style }: ScalarNode,
  skip: number,
): ((offset: number) => number) | undefined {
  const quote = style === 'plain' ? 0 : 1;
  const from = place.start + quote;
  if (place.source.text.slice(from, place.end - quote) !== text) return undefined;
  return (offset) => Math.min(from + skip + offset, place.end);
}

/** A block scalar: its lines are those of the file, indented. */
function blockOffsets({ place, text }: ScalarNode, skip: number): ((offset: number) => number) | undefined {
  const outer = place.source.text;
  const header = outer.indexOf('\n', outer.slice(place.start).search(/[|>]/) + place.start);
  if (header < 0) return undefined;
  const lines = text.split('\n');
  const starts: { readonly inner: number; readonly outer: number; readonly length: number }[] = [];
  let inner = 0;
  let at = header + 1;
  for (const line of lines) {
    const newline = outer.indexOf('\n', at);
    const end = newline < 0 ? outer.length : newline;
    const found = line === '' ? -1 : outer.slice(at, end).indexOf(line);
    starts.push({ inner, outer: found < 0 ? at : at + found, length: line.length });
    inner += line.length + 1;
    at = end + 1;
  }
  return (offset) => {
    const target = offset + skip;
    const line = starts.findLast((start) => start.inner <= target) ?? starts[0]!;
    return Math.min(line.outer + Math.min(target - line.inner, line.length), outer.length);
  };
}
