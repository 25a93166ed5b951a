import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { writeFiles } from '../core/write-files.ts';
import { type GeneratedRepository, generateRepository, type Size } from './repository-files.ts';

/** Writes a generated repository below `dir`, and its planted faults to `faults.json`. */
export function writeRepository(size: Size, dir: string): GeneratedRepository {
  const repository = generateRepository(size);
  writeFiles(dir, repository.files);
  writeFileSync(join(dir, 'faults.json'), `${JSON.stringify(repository.faults, undefined, 2)}\n`);
  return repository;
}
