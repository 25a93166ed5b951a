import { isAbsolute, join, sep } from 'node:path';
import type { ScalarNode } from '../yaml/node.ts';
import { failAt } from './failure.ts';
import type { File, Files } from './files.ts';
import { isRemoteDirectory, isRemoteFile } from './remote.ts';

export type Restrictor = 'LoadRestrictionsRootOnly' | 'LoadRestrictionsNone';

/** Reads for one kustomization folder, and opens the folders that it names. */
export interface Loader {
  /** Absolute, symbolic links resolved. */
  readonly root: string;
  /** Roots of the kustomizations that led here, this one included, innermost first. */
  readonly chain: readonly string[];
  readonly files: Files;
  /** The file that an entry of a kustomization names; throws a Failure at the entry where it may not or cannot be read. */
  load(entry: ScalarNode): File;
  /** The folder that an entry names, as the root of a kustomization. */
  enter(entry: ScalarNode): Loader;
}

export function openLoader(
  files: Files,
  root: string,
  restrictor: Restrictor,
  parents: readonly string[] = [],
): Loader {
  const chain = [root, ...parents];
  return {
    root,
    chain,
    files,
    load: (entry) => load(files, root, restrictor, entry),
    enter: (entry) => openLoader(files, enter(files, chain, entry), restrictor, chain),
  };
}

/** The first of the visited roots that lies in or below `candidate`: a kustomization may not lead back there. */
export function cycleOf(chain: readonly string[], candidate: string): string | undefined {
  return chain.find((visited) => isInOrBelow(visited, candidate));
}

function load(files: Files, root: string, restrictor: Restrictor, entry: ScalarNode): File {
  const path = entry.text;
  if (isRemoteFile(path))
    failAt(entry.place, `"${path}" is a remote file, which is not fetched here: copy it into the repository`);
  const absolute = isAbsolute(path) ? path : join(root, path);
  const real = files.real(absolute) ?? failAt(entry.place, `File "${path}" does not exist`);
  if (files.isDirectory(real)) failAt(entry.place, `"${path}" is a directory, expected a file`);
  if (restrictor === 'LoadRestrictionsRootOnly') {
    const folder = real.slice(0, Math.max(real.lastIndexOf(sep), 1));
    if (!isInOrBelow(folder, root)) {
      failAt(
        entry.place,
        `File "${path}" is not in or below the folder of its kustomization ("${files.name(root)}"), which the load restrictor demands`,
      );
    }
  }
  const strange = files.strange(real);
  if (strange !== undefined) failAt(entry.place, `"${path}" is ${strange}, expected a regular file`);
  return files.read(real) ?? failAt(entry.place, `File "${path}" cannot be read`);
}

/** Far more than anyone writes, and few enough that the call stack holds them. */
const DEEPEST = 500;

function enter(files: Files, chain: readonly string[], entry: ScalarNode): string {
  const path = entry.text;
  if (path === '') failAt(entry.place, 'Path of a kustomization is empty, expected a folder');
  if (isRemoteDirectory(path)) {
    failAt(
      entry.place,
      `"${path}" is a remote kustomization, which is not fetched here: copy it into the repository`,
    );
  }
  if (isAbsolute(path))
    failAt(entry.place, `Path "${path}" of a kustomization is absolute, expected a relative one`);
  const root = chain[0]!;
  const real =
    files.real(join(root, path)) ??
    failAt(entry.place, `"${path}" does not exist, expected a file or folder`);
  if (!files.isDirectory(real))
    failAt(entry.place, `"${path}" is a file, expected the folder of a kustomization`);
  if (chain.length >= DEEPEST) {
    failAt(
      entry.place,
      `"${path}" is the base of ${DEEPEST} kustomizations above one another, expected fewer`,
    );
  }
  if (cycleOf(chain, real) !== undefined) {
    failAt(entry.place, `"${path}" leads back to a folder that is already being built: cycle detected`);
  }
  return real;
}

function isInOrBelow(path: string, folder: string): boolean {
  return path === folder || folder === sep || path.startsWith(folder + sep);
}
