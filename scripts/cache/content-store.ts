import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { removeKept } from './checked-file.ts';
import { digest } from './signature.ts';

/*
 * Texts in files that are named by their digest. A file that is half written is not what its name says, so nothing is
 * moved into place, which file systems write through.
 */

/** The text of that digest; undefined where it was not kept. */
export function readContent(dir: string, name: string): string | undefined {
  try {
    const text = readFileSync(join(dir, name), 'utf8');
    return digest(text) === name ? text : undefined;
  } catch {
    return undefined;
  }
}

/** @returns the text's digest; undefined where the folder cannot be written to, which is no failure */
export function writeContent(dir: string, text: string): string | undefined {
  const name = digest(text);
  try {
    mkdirSync(dir, { recursive: true });
    writeFileSync(join(dir, name), text);
    return name;
  } catch {
    return undefined;
  }
}

/** Removes what is not named. */
export function forgetOthers(dir: string, names: ReadonlySet<string>): void {
  if (!existsSync(dir)) return;
  for (const name of readdirSync(dir)) if (!names.has(name)) removeKept(join(dir, name));
}
