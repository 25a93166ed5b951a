import type { Origin } from '../core/origin.ts';
import type { Resource } from '../core/resource.ts';
import { emitLines } from '../yaml/emit.ts';

/** A printed line and the place that wrote it; lines between documents have none. */
export interface BlamedLine {
  readonly text: string;
  readonly origin: Origin | undefined;
}

/** Resources as they are printed, each line with the place where a person would change it. */
export function blame(resources: readonly Resource[]): readonly BlamedLine[] {
  return resources.flatMap((resource, index) => [
    ...(index === 0 ? [] : [{ text: '---', origin: undefined }]),
    ...emitLines(resource.manifest).map(({ text, path }) => ({ text, origin: resource.originsOf(path)[0] })),
  ]);
}

/** The lines with `file:line` before each, in columns. */
export function formatBlame(lines: readonly BlamedLine[]): string {
  const places = lines.map(({ origin }) => (origin === undefined ? '' : `${origin.file}:${origin.line}`));
  const width = places.reduce((longest, place) => Math.max(longest, place.length), 0);
  return lines
    .map(({ text }, index) => `${places[index]!.padEnd(width)}  ${text}`.trimEnd().concat('\n'))
    .join('');
}
