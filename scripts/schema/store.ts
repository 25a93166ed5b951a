import { createHash } from 'node:crypto';
import {
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';

/** Keeps this many compiled units; each is some 50 KB. */
const MOST = 400;

/**
 * Compiled schemas kept between runs, in files named by the content that they were made of. It only ever saves time: a
 * file that is missing, cut short or unreadable is as if it had never been there, and a folder that cannot be
 * written to is left alone. Files appear whole, by a rename, so two runs that meet do not disturb each other.
 */
export class CodeStore {
  readonly #dir: string;
  #wrote = 0;

  constructor(dir: string) {
    this.#dir = dir;
  }

  get(key: string): string | undefined {
    const path = join(this.#dir, `${key}.js`);
    try {
      const text = readFileSync(path, 'utf8');
      const code = text.slice(text.indexOf('\n') + 1);
      if (text.slice(0, text.indexOf('\n')) !== `// ${checksum(code)}`) return undefined;
      return code;
    } catch {
      return undefined;
    }
  }

  set(key: string, code: string): void {
    const beside = join(this.#dir, `${key}.${process.pid}.tmp`);
    try {
      mkdirSync(this.#dir, { recursive: true });
      writeFileSync(beside, `// ${checksum(code)}\n${code}`);
      renameSync(beside, join(this.#dir, `${key}.js`));
      // Only a run that adds to the folder looks at its size.
      if (this.#wrote++ === 0) this.#sweep();
    } catch {
      rmSync(beside, { force: true });
    }
  }

  /** Drops the oldest beyond the most. */
  #sweep(): void {
    const files = readdirSync(this.#dir)
      .map((name) => ({
        path: join(this.#dir, name),
        time: statSync(join(this.#dir, name), { throwIfNoEntry: false })?.mtimeMs ?? 0,
      }))
      .sort((a, b) => b.time - a.time);
    for (const { path } of files.slice(MOST)) rmSync(path, { force: true });
    // Left behind by runs that were killed.
    const old = Date.now() - 3_600_000;
    for (const { path, time } of files)
      if (path.endsWith('.tmp') && time < old) rmSync(path, { force: true });
  }

  /** A file in use is young again. */
  touch(key: string): void {
    try {
      const now = new Date();
      utimesSync(join(this.#dir, `${key}.js`), now, now);
    } catch {
      // It may be gone, or not ours to touch.
    }
  }
}

const checksum = (code: string) => createHash('sha1').update(code).digest('hex');
