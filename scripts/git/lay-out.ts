import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

/**
 * Writes files to a folder of their own, hands it to `work`, and removes it.
 *
 * @param files by name
 */
export async function withFiles<T>(
  files: ReadonlyMap<string, Buffer>,
  work: (root: string) => Promise<T>,
): Promise<T> {
  const dir = mkdtempSync(join(tmpdir(), 'planetarium-'));
  try {
    const folders = new Set<string>();
    for (const [name, content] of files) {
      const folder = dirname(name);
      if (!folders.has(folder)) mkdirSync(join(dir, folder), { recursive: true });
      folders.add(folder);
      writeFileSync(join(dir, name), content);
    }
    return await work(dir);
  } finally {
    rmSync(dir, { recursive: true, force: true });
  }
}
