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
import { Script } from 'node:vm';
import { compilerVersion } from './compile.ts';

/** Packs kept at most; each holds what was compiled of one schema file. */
const MOST = 60;

/** One compiled definition: the definitions that it calls, and a function that makes the validating function. */
export interface Compiled<Factory> {
  readonly links: readonly string[];
  readonly factory: Factory;
}

/**
 * Compiled schemas kept between runs, a file for each schema file, named by its content. It only ever saves time: a
 * file that is missing, cut short or damaged is as if it had never been there, and a folder that cannot be written to
 * is left alone. Files appear whole, by a rename, so two runs that meet do not disturb each other.
 */
export class PackFolder {
  readonly #dir: string;

  constructor(dir: string) {
    this.#dir = dir;
  }

  /** @param content differs when anything differs that the code is made of */
  open<Factory>(content: string): Pack<Factory> {
    const key = createHash('sha256').update(`${compilerVersion()}\0${content}`).digest('hex').slice(0, 32);
    return new Pack<Factory>(this.#dir, key);
  }
}

export class Pack<Factory> {
  readonly #dir: string;
  readonly #path: string;
  /** The text of each definition's entry, as it will be written. */
  readonly #added = new Map<string, string>();
  #text = '';
  #script: Script | undefined;
  #entries: Record<string, Compiled<Factory>> = {};
  #flushing = false;

  constructor(dir: string, key: string) {
    this.#dir = dir;
    this.#path = join(dir, key);
    this.#load();
  }

  get(name: string): Compiled<Factory> | undefined {
    return Object.hasOwn(this.#entries, name) ? this.#entries[name] : undefined;
  }

  /** @param body of a function of `parameters` */
  add(name: string, links: readonly string[], parameters: string, body: string): Compiled<Factory> {
    const text = `{links:${JSON.stringify(links)},factory:(${parameters})=>{"use strict";${body}}}`;
    this.#added.set(name, text);
    this.#flushLater();
    const made = new Script(`(${text})`).runInThisContext() as Compiled<Factory>;
    this.#entries[name] = made;
    return made;
  }

  #load(): void {
    const text = readChecked(`${this.#path}.js`)?.toString('utf8');
    if (text === undefined) return;
    // What V8 made of the code in an earlier run; it refuses what does not belong to this code and this V8.
    const cachedData = readChecked(`${this.#path}.v8`);
    try {
      this.#script = new Script(`({\n${text}})`, cachedData === undefined ? {} : { cachedData });
      this.#entries = this.#script.runInThisContext() as Record<string, Compiled<Factory>>;
      this.#text = text;
      if (cachedData === undefined || this.#script.cachedDataRejected === true) this.#flushLater();
      else this.#touch();
    } catch {
      this.#script = undefined;
      this.#entries = {};
    }
  }

  /** Writes once the program has a moment: all that one pass adds goes into one file. */
  #flushLater(): void {
    if (this.#flushing) return;
    this.#flushing = true;
    setImmediate(() => {
      this.#flushing = false;
      this.#flush();
    });
  }

  #flush(): void {
    try {
      mkdirSync(this.#dir, { recursive: true });
      if (this.#added.size > 0) {
        for (const [name, text] of this.#added) this.#text += `${JSON.stringify(name)}:${text},\n`;
        this.#added.clear();
        this.#script = undefined;
        writeChecked(`${this.#path}.js`, Buffer.from(this.#text));
        rmSync(`${this.#path}.v8`, { force: true });
        sweep(this.#dir);
      } else if (this.#script !== undefined) {
        writeChecked(`${this.#path}.v8`, this.#script.createCachedData());
      }
    } catch {
      // A folder that cannot be written to costs time, no more.
    }
  }

  /** A pack in use is young again, at most once an hour. */
  #touch(): void {
    try {
      const path = `${this.#path}.js`;
      const now = new Date();
      if (now.getTime() - statSync(path).mtimeMs > 3_600_000) utimesSync(path, now, now);
    } catch {
      // It may be gone, or not ours to touch.
    }
  }
}

const HASH = 20;
const checksum = (content: Uint8Array) => createHash('sha1').update(content).digest();

function readChecked(path: string): Buffer | undefined {
  try {
    const all = readFileSync(path);
    const content = all.subarray(HASH);
    return checksum(content).equals(all.subarray(0, HASH)) ? content : undefined;
  } catch {
    return undefined;
  }
}

function writeChecked(path: string, content: Uint8Array): void {
  const beside = `${path}.${process.pid}.tmp`;
  try {
    writeFileSync(beside, Buffer.concat([checksum(content), content]));
    renameSync(beside, path);
  } catch (error) {
    rmSync(beside, { force: true });
    throw error;
  }
}

/** Drops the oldest packs, and what runs that were killed left behind. */
function sweep(dir: string): void {
  const hourAgo = Date.now() - 3_600_000;
  const packs: { readonly key: string; readonly time: number }[] = [];
  for (const name of readdirSync(dir)) {
    const time = statSync(join(dir, name), { throwIfNoEntry: false })?.mtimeMs ?? 0;
    if (name.endsWith('.tmp') && time < hourAgo) rmSync(join(dir, name), { force: true });
    if (name.endsWith('.js')) packs.push({ key: name.slice(0, -3), time });
  }
  packs.sort((a, b) => b.time - a.time);
  for (const { key } of packs.slice(MOST))
    for (const end of ['js', 'v8']) rmSync(join(dir, `${key}.${end}`), { force: true });
}
