import { randomUUID } from 'node:crypto';
import { appendFileSync, closeSync, mkdirSync, openSync, readdirSync, readSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { attempt } from '../core/attempt.ts';
import { readChecked, removeKept, writeChecked } from './checked-file.ts';
import { digest } from './signature.ts';

/*
 * Many texts in few files, since to make a file takes as long as to write several texts, and beside each file what its
 * texts have in common. What a run that was interrupted has left, or another one has removed, is not what its digest says.
 */

/** Where a text stands. */
export interface ContentPlace {
  /** A name in the folder. */
  readonly file: string;
  /** In bytes. */
  readonly start: number;
  readonly length: number;
  /** Of the text. */
  readonly digest: string;
}

/** Ends the name of what the texts of a file have in common. */
const SHARED = '.shared';

/** A file is kept as long as no less than this part of it counts. */
const LEAST_USED = 1 / 4;

/** Writes texts one after the other into a file of its own. */
export class ContentWriter {
  readonly #dir: string;
  readonly #file: string = randomUUID();
  #end = 0;
  #isWritable = true;

  /** @param dir absolute path; made where it is missing */
  constructor(dir: string) {
    this.#dir = dir;
  }

  /** Undefined where the folder cannot be written to, which is no failure. */
  write(text: string): ContentPlace | undefined {
    if (!this.#isWritable) return undefined;
    const bytes = Buffer.from(text);
    try {
      if (this.#end === 0) mkdirSync(this.#dir, { recursive: true });
      appendFileSync(join(this.#dir, this.#file), bytes);
    } catch {
      // A part of it may stand there, and what is written behind it would not stand where it is looked for.
      this.#isWritable = false;
      return undefined;
    }
    const start = this.#end;
    this.#end += bytes.length;
    return { file: this.#file, start, length: bytes.length, digest: digest(bytes) };
  }

  /** Writes what the texts have in common: once, at the end. */
  share(text: string): void {
    if (this.#end > 0) writeChecked(join(this.#dir, `${this.#file}${SHARED}`), text);
  }
}

/** What the texts of a file have in common; undefined where it is not there any more. */
export function readShared(dir: string, file: string): string | undefined {
  return readChecked(join(dir, `${file}${SHARED}`))?.text;
}

/** The text; undefined where it is not there any more. */
export function readContent(
  dir: string,
  { file, start, length, digest: written }: ContentPlace,
): string | undefined {
  const bytes = Buffer.allocUnsafe(length);
  let descriptor: number | undefined;
  try {
    descriptor = openSync(join(dir, file), 'r');
    readSync(descriptor, bytes, 0, length, start);
  } catch {
    return undefined;
  } finally {
    if (descriptor !== undefined) closeSync(descriptor);
  }
  return digest(bytes) === written ? bytes.toString() : undefined;
}

/**
 * Removes files of which little counts, or nothing, but for those that another run may be writing.
 *
 * @param since milliseconds; when this run began
 * @returns the files that are kept
 */
export function forgetOthers(
  dir: string,
  places: readonly ContentPlace[],
  since: number,
): ReadonlySet<string> {
  const used = new Map<string, number>();
  for (const { file, length } of places) used.set(file, (used.get(file) ?? 0) + length);
  const names = attempt(() => readdirSync(dir)) ?? [];
  const isWorthKeeping = (file: string): boolean => {
    const bytes = used.get(file);
    return bytes !== undefined && bytes >= statOf(dir, file).size * LEAST_USED;
  };
  const remaining = new Set(names.filter(isWorthKeeping));
  for (const name of names) {
    const file = name.endsWith(SHARED) ? name.slice(0, -SHARED.length) : name;
    if (remaining.has(file)) continue;
    if (used.has(file) || statOf(dir, name).mtimeMs < since) removeKept(join(dir, name));
  }
  return remaining;
}

function statOf(dir: string, name: string): { readonly size: number; readonly mtimeMs: number } {
  return statSync(join(dir, name), { throwIfNoEntry: false }) ?? { size: 0, mtimeMs: 0 };
}
