import { mkdirSync, readdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { digest } from './signature.ts';

/**
 * The text that was kept; undefined where there is none, or where it is not what was written.
 *
 * @param expected what `writeChecked` gave, where only that very text will do
 */
export function readChecked(file: string, expected?: string): string | undefined {
  let content: string;
  try {
    content = readFileSync(file, 'utf8');
  } catch {
    return undefined;
  }
  const end = content.indexOf('\n');
  const text = content.slice(end + 1);
  const written = content.slice(0, end);
  if (expected !== undefined && written !== expected) return undefined;
  return written === digest(text) ? text : undefined;
}

/**
 * Keeps a text. It is written beside and moved, so that two runs that meet never see half of it; a folder that cannot
 * be written to keeps nothing, which is no failure.
 *
 * @returns the digest of what it kept
 */
export function writeChecked(file: string, text: string): string | undefined {
  const own = `${file}.${process.pid}.tmp`;
  try {
    mkdirSync(dirname(file), { recursive: true });
    const written = digest(text);
    writeFileSync(own, `${written}\n${text}`);
    renameSync(own, file);
    return written;
  } catch {
    rmSync(own, { force: true });
    return undefined;
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

/** Removes the files of a folder that are not named. */
export function forgetOthers(dir: string, names: ReadonlySet<string>): void {
  try {
    for (const name of readdirSync(dir)) if (!names.has(name)) rmSync(join(dir, name), { force: true });
  } catch {
    // There is no such folder, or another run removes the same files.
  }
}
