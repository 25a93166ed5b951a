import { relative, resolve, sep } from 'node:path';
import { entryOf, newMap } from './entry.ts';
import type { FileSystem, FolderEntry } from './file-system.ts';

/** By name, relative to their root and '/' separated. */
export type FilesByName = ReadonlyMap<string, Uint8Array>;

/**
 * Files that were never written to a disk, such as those of a commit. There are no links among them, and of folders
 * only those that hold a file.
 *
 * @param root absolute path of the folder that they are thought to stand in
 */
export function filesInMemory(root: string, files: FilesByName): FileSystem {
  const folders = foldersOf(files);
  const nameOf = (path: string): string => relative(root, path).replaceAll(sep, '/');
  const kindAt = (path: string) => {
    const name = nameOf(path);
    return files.has(name) ? 'file' : folders.has(name) ? 'directory' : undefined;
  };
  const readBytes = (path: string): Buffer => {
    const bytes = files.get(nameOf(path)) ?? refuse(path, 'file');
    return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  };
  return {
    kindAt,
    strangeAt: () => undefined,
    real: (path) => (kindAt(path) === undefined ? undefined : resolve(path)),
    list: (path) => [...(folders.get(nameOf(path)) ?? refuse(path, 'folder')).values()],
    readText: (path) => readBytes(path).toString('utf8'),
    readBytes,
  };
}

type Folders = ReadonlyMap<string, ReadonlyMap<string, FolderEntry>>;

function foldersOf(files: FilesByName): Folders {
  const folders = new Map<string, Map<string, FolderEntry>>([['', new Map()]]);
  const add = (path: string, isFile: boolean) => {
    const slash = path.lastIndexOf('/');
    const folder = path.slice(0, Math.max(slash, 0));
    const name = path.slice(slash + 1);
    if (folder !== '' && !folders.has(folder)) add(folder, false);
    entryOf(folders, folder, newMap).set(name, new Entry(name, isFile));
  };
  for (const name of files.keys()) add(name, true);
  return folders;
}

class Entry implements FolderEntry {
  readonly name: string;
  readonly #isFile: boolean;

  constructor(name: string, isFile: boolean) {
    this.name = name;
    this.#isFile = isFile;
  }

  isFile(): boolean {
    return this.#isFile;
  }

  isDirectory(): boolean {
    return !this.#isFile;
  }
}

function refuse(path: string, expected: string): never {
  throw new Error(`No ${expected} "${path}" among the files that are held`);
}
