import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { Failure } from '../core/failure.ts';
import type { Value } from '../core/value.ts';
import { type KindFacts, readFile, readKind, type SchemaFile, type Section } from './file.ts';
import { readShape } from './notation.ts';
import type { Shape } from './shape.ts';

export const DEFINITIONS_FILE = 'kubernetes-definitions.json';
export const indexFile = (minor: string): string => `kubernetes-${minor}.json`;

/** Definitions and kinds from one origin: a Kubernetes version, an API group's file, or a cluster's own CRDs. */
export interface Library {
  /** `apps/v1 Deployment` → what is known of it. */
  kind(key: string): KindFacts | undefined;
  kindKeys(): readonly string[];
  shape(name: string): Shape | undefined;
  /** Differs when anything in it differs. */
  readonly content: string;
}

export class FileLibrary implements Library {
  readonly #kinds: Section;
  readonly #written: (name: string) => Value | undefined;
  readonly content: string;
  readonly #shapes = new Map<string, Shape>();

  constructor(kinds: Section, written: (name: string) => Value | undefined, content: string) {
    this.#kinds = kinds;
    this.#written = written;
    this.content = content;
  }

  kind(key: string): KindFacts | undefined {
    return Object.hasOwn(this.#kinds, key) ? readKind(this.#kinds[key]) : undefined;
  }

  kindKeys(): readonly string[] {
    return Object.keys(this.#kinds);
  }

  shape(name: string): Shape | undefined {
    let shape = this.#shapes.get(name);
    if (shape === undefined) {
      const written = this.#written(name);
      if (written === undefined) return undefined;
      shape = readShape(written);
      this.#shapes.set(name, shape);
    }
    return shape;
  }
}

const own = (section: Section, key: string): Value | undefined =>
  Object.hasOwn(section, key) ? section[key] : undefined;

/** The folder `schemas/`: each file is read when it is first asked for. */
export class LibraryFolder {
  readonly #dir: string;
  readonly #files = new Map<string, SchemaFile>();
  readonly #libraries = new Map<string, Library | undefined>();

  constructor(dir: string) {
    this.#dir = dir;
  }

  /** @throws Failure where the folder has no file for this version */
  kubernetes(minor: string): Library {
    const known = this.#libraries.get(`kubernetes ${minor}`);
    if (known !== undefined) return known;
    if (!existsSync(join(this.#dir, indexFile(minor))))
      throw new Failure(
        `There are no schemas for Kubernetes ${minor} in ${this.#dir}, only for ${this.versions().join(', ') || 'none'}`,
      );
    const index = this.#file(indexFile(minor));
    const definitions = this.#file(DEFINITIONS_FILE);
    const library = new FileLibrary(
      index.section('kinds'),
      (name) => {
        const hash = own(index.section('definitions'), name);
        if (hash === undefined) return undefined;
        const id = `${name}#${String(hash)}`;
        const written = own(definitions.section('definitions'), id);
        if (written === undefined)
          throw new Failure(
            `${join(this.#dir, DEFINITIONS_FILE)} lacks ${id}, which ${indexFile(minor)} names; make both again with \`npm run schemas\``,
          );
        return written;
      },
      index.checksum,
    );
    this.#libraries.set(`kubernetes ${minor}`, library);
    return library;
  }

  /** The file of an API group of custom resources, if there is one. */
  group(group: string): Library | undefined {
    if (this.#libraries.has(group)) return this.#libraries.get(group);
    const name = `${group}.json`;
    let library: Library | undefined;
    if (/^[a-z0-9.-]+\.[a-z0-9-]+$/.test(group) && existsSync(join(this.#dir, name))) {
      const file = this.#file(name);
      library = new FileLibrary(
        file.section('kinds'),
        (definition) => own(file.section('definitions'), definition),
        file.checksum,
      );
    }
    this.#libraries.set(group, library);
    return library;
  }

  /** API groups of custom resources that have a file. */
  groups(): readonly string[] {
    const names = existsSync(this.#dir) ? readdirSync(this.#dir) : [];
    return names.flatMap((name) => (/^[a-z0-9-]+\.[a-z0-9.-]+\.json$/.test(name) ? [name.slice(0, -5)] : []));
  }

  /** Minor versions that the folder has, lowest first. */
  versions(): readonly string[] {
    const found: string[] = [];
    for (const name of existsSync(this.#dir) ? readdirSync(this.#dir) : []) {
      const minor = /^kubernetes-(\d+\.\d+)\.json$/.exec(name)?.[1];
      if (minor !== undefined) found.push(minor);
    }
    return found.sort((a, b) => Number(a.split('.')[1]) - Number(b.split('.')[1]));
  }

  #file(name: string): SchemaFile {
    let file = this.#files.get(name);
    if (file === undefined) {
      file = readFile(this.#dir, name);
      this.#files.set(name, file);
    }
    return file;
  }
}
