import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { type GeneratedRepository, generateRepository, type Size } from './repository-files.ts';

/** Writes a generated repository below `dir`, and its planted faults to `faults.json`. */
export function writeRepository(size: Size, dir: string): GeneratedRepository {
  const repository = generateRepository(size);
  writeFiles(dir, repository.files);
  writeFileSync(join(dir, 'faults.json'), `${JSON.stringify(repository.faults, undefined, 2)}\n`);
  return repository;
}

/** @param files their content by their path below `dir` */
export function writeFiles(dir: string, files: Iterable<readonly [path: string, content: string]>): void {
  for (const [path, content] of files) {
    const file = join(dir, path);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, content);
  }
}
