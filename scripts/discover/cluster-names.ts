import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { Failure } from '../core/failure.ts';

/** The folders of `clusters/`, by name. */
export function clusterNames(root: string): readonly string[] {
  let names: readonly string[];
  try {
    names = readdirSync(join(root, 'clusters'), { withFileTypes: true })
      .filter((entry) => entry.isDirectory())
      .map((entry) => entry.name)
      .sort();
  } catch (cause) {
    throw new Failure('Could not list the folder "clusters", expected one folder for each cluster', {
      cause,
    });
  }
  if (names.length === 0)
    throw new Failure('The folder "clusters" is empty, expected one folder for each cluster');
  return names;
}
