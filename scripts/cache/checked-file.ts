import { mkdirSync, readdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { digest } from './signature.ts';

/** A text that was kept, with its digest; undefined where there is none, or where it is not what was written. */
export function readChecked(file: string): { readonly text: string; readonly digest: string } | undefined {
  let content: string;
  try {
    content = readFileSync(file, 'utf8');
  } catch {
    return undefined;
  }
  const end = content.indexOf('\n');
  const text = content.slice(end + 1);
  const written = content.slice(0, end);
  return written === digest(text) ? { text, digest: written } : undefined;
}

/**
 * Keeps a text. It is written beside and moved, so that two runs that meet never see half of it; a folder that cannot
 * be written to keeps nothing, which is no failure.
 */
export function writeChecked(file: string, text: string): void {
  const own = `${file}.${process.pid}.tmp`;
  try {
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(own, `${digest(text)}\n${text}`);
    renameSync(own, file);
  } catch {
    removeKept(own);
  }
}

/** Removes a file, where that is possible. */
export function removeKept(file: string): void {
  try {
    rmSync(file, { force: true });
  } catch {
    // What cannot be written to keeps nothing new, which is no failure.
  }
}

/** Leaves the newest files and folders of a folder. */
export function keepNewest(dir: string, count: number): void {
  try {
    const files = readdirSync(dir)
      .map((name) => ({ path: join(dir, name), time: statSync(join(dir, name)).mtimeMs }))
      .sort((a, b) => b.time - a.time);
    for (const { path } of files.slice(count)) rmSync(path, { recursive: true, force: true });
  } catch {
    // Another run removes the same files.
  }
}
