import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { PlantedFault } from './planted-faults.ts';
import { type Command, run } from './process.ts';
import type { Size } from './repository-files.ts';
import { writeRepository } from './write-repository.ts';

/** A generated repository that is measured: a git repository of one commit, with npm scripts. */
export interface Subject {
  readonly dir: string;
  readonly overlays: number;
  readonly objects: number;
  readonly faults: readonly PlantedFault[];
  readonly files: ReadonlyMap<string, string>;
  /** Puts other text into a file. */
  edit(file: string, change: (text: string) => string): void;
  /** Every file as it was generated. */
  restore(file: string): void;
  forgetCache(): void;
}

const OBJECTS_OF_APP = 20;

/** @param program absolute path of the program that validates */
export function makeSubject(size: Size, dir: string, program: string): Subject {
  const { files, faults } = writeRepository(size, dir);
  const packageJson: Record<string, unknown> = JSON.parse(files.get('package.json')!);
  const scripts = { empty: 'true', validate: `"${process.execPath}" "${program}" validate` };
  writeFileSync(join(dir, 'package.json'), `${JSON.stringify({ ...packageJson, scripts }, undefined, 2)}\n`);
  writeFileSync(join(dir, '.gitignore'), '.cache/\nfaults.json\n');
  const git = (...args: readonly string[]) => run({ program: 'git', args, cwd: dir });
  git('init', '--quiet', '--initial-branch=main');
  git('add', '--all');
  git('-c', 'user.name=bench', '-c', 'user.email=bench@example.com', 'commit', '--quiet', '-m', 'Generated');
  return {
    dir,
    overlays: size.regions * size.apps,
    objects: size.regions * size.apps * OBJECTS_OF_APP,
    faults,
    files,
    edit: (file, change) => writeFileSync(join(dir, file), change(files.get(file)!)),
    restore: (file) => writeFileSync(join(dir, file), files.get(file)!),
    forgetCache: () => rmSync(join(dir, '.cache'), { recursive: true, force: true }),
  };
}

/** Started by node alone. */
export function validate(subject: Subject, program: string, ...args: readonly string[]): Command {
  return {
    program: process.execPath,
    args: [program, 'validate', '--format', 'json', ...args],
    cwd: subject.dir,
  };
}

export function npmScript(subject: Subject, name: string): Command {
  return { program: 'npm', args: ['run', '--silent', name], cwd: subject.dir };
}
