import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { writeFiles } from './write-files.ts';

/** For tests: hands `work` a folder that holds these files, and removes it. */
export function inFolder(files: Readonly<Record<string, string>>, work: (root: string) => void): void {
  const root = mkdtempSync(join(tmpdir(), 'planetarium-'));
  try {
    writeFiles(root, Object.entries(files));
    work(root);
  } finally {
    rmSync(root, { recursive: true, force: true });
  }
}
