import { readdirSync, readFileSync, realpathSync, type Stats, statSync } from 'node:fs';
import { attempt } from './attempt.ts';
import type { FileSystem } from './file-system.ts';

/** Said once: Node takes as long to work out what 'utf8' stands for as to read a small file. */
const AS_TEXT = { encoding: 'utf8', flag: 'r' } as const;
const WITH_KINDS = { withFileTypes: true } as const;

/** The files of this machine. */
export const DISK: FileSystem = {
  kindAt(path) {
    const stats = statsOf(path);
    if (stats === undefined) return undefined;
    return stats.isFile() ? 'file' : stats.isDirectory() ? 'directory' : 'other';
  },
  strangeAt(path) {
    const stats = statsOf(path);
    return stats === undefined || stats.isFile() || stats.isDirectory() ? undefined : describe(stats);
  },
  real: (path) => attempt(() => realpathSync.native(path)),
  list: (path) => readdirSync(path, WITH_KINDS),
  readText: (path) => readFileSync(path, AS_TEXT),
  readBytes: (path) => readFileSync(path),
};

function statsOf(path: string): Stats | undefined {
  return attempt(() => statSync(path, { throwIfNoEntry: false }));
}

function describe(stats: Stats): string {
  if (stats.isFIFO()) return 'a named pipe';
  if (stats.isSocket()) return 'a socket';
  return 'a device';
}
