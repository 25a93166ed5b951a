import { join } from 'node:path';
import type { FileSystem } from '../core/file-system.ts';
import type { Origin } from '../core/origin.ts';

/** The first step of a path that is not there, or else its last, and who wrote it. */
export interface MissingStep {
  readonly parent: string;
  readonly step: string;
  readonly origin: Origin;
}

/**
 * A path is often put together from several places, as `overlays/<region>/traffic` is: to blame is the one that wrote
 * the step which is missing.
 *
 * @param origins where the path comes from, first the place that a person would edit
 */
export function blameMissingPath(
  root: string,
  path: string,
  origins: readonly Origin[],
  fileSystem: FileSystem,
): MissingStep {
  let parent = '.';
  let step = '';
  for (const next of path.split('/')) {
    step = next;
    if (fileSystem.kindAt(join(root, parent, step)) === undefined) break;
    parent = parent === '.' ? step : `${parent}/${step}`;
  }
  const writer = origins.find((origin) => textAt(root, origin, fileSystem).split('/').includes(step));
  return { parent, step, origin: writer ?? origins[0]! };
}

/** What is written at a place within a line, without quotes. */
function textAt(
  root: string,
  { file, line, column, endLine, endColumn }: Origin,
  fileSystem: FileSystem,
): string {
  if (endLine !== line || fileSystem.kindAt(join(root, file)) !== 'file') return '';
  const text = fileSystem.readText(join(root, file)).split('\n')[line - 1] ?? '';
  return text.slice(column - 1, endColumn - 1).replaceAll(/["']/g, '');
}
