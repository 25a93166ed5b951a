import { type Stats, statSync } from 'node:fs';

/** What stands at a path that is neither a file nor a folder, in words; to read a pipe could wait for ever. */
export function strangeFile(path: string): string | undefined {
  const stats = statSync(path, { throwIfNoEntry: false });
  return stats === undefined || stats.isFile() || stats.isDirectory() ? undefined : describe(stats);
}

function describe(stats: Stats): string {
  if (stats.isFIFO()) return 'a named pipe';
  if (stats.isSocket()) return 'a socket';
  return 'a device';
}
