import { cpSync, existsSync, mkdtempSync, readdirSync, readFileSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createRenderer, type RenderResult } from '../render.ts';

/** One case of a folder in the layout that `npm run conformance` reads. */
export interface Case {
  readonly name: string;
  /** Its files. */
  readonly input: string;
  /** The folder to build, below `input`. */
  readonly target: string;
  readonly unrestricted: boolean;
  readonly refused: boolean;
}

export function casesIn(folder: string): readonly Case[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder)
    .sort()
    .filter((name) => existsSync(join(folder, name, 'case.json')))
    .map((name) => {
      const written = JSON.parse(readFileSync(join(folder, name, 'case.json'), 'utf8'));
      return {
        name,
        input: join(folder, name, 'in'),
        target: String(written.target),
        unrestricted: JSON.stringify(written.flags ?? []).includes('LoadRestrictionsNone'),
        refused: written.expect === 'error',
      };
    });
}

/** A copy of a case's files, to be edited. */
export interface Copy {
  readonly folder: string;
  readonly target: string;
  render(): RenderResult;
  remove(): void;
}

export function copyOf({ input, target, unrestricted }: Case): Copy {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'planetarium-case-')));
  cpSync(input, folder, { recursive: true, verbatimSymlinks: true });
  const restrictor = unrestricted ? 'LoadRestrictionsNone' : 'LoadRestrictionsRootOnly';
  return {
    folder,
    target: join(folder, target),
    render: () => createRenderer({ root: folder, restrictor }).render(join(folder, target)),
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
}

/** Every file below a folder, by path relative to it; symbolic links are not followed. */
export function filesIn(folder: string, below = ''): readonly string[] {
  return readdirSync(join(folder, below), { withFileTypes: true })
    .sort((a, b) => (a.name < b.name ? -1 : 1))
    .flatMap((entry) => {
      const path = below === '' ? entry.name : `${below}/${entry.name}`;
      if (entry.isDirectory()) return filesIn(folder, path);
      return entry.isFile() ? [path] : [];
    });
}
