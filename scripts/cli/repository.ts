import { readFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { Failure } from '../core/failure.ts';

/** The folder that these programs stand in, with their schemas: `build/<stamp>/validate.cjs` is two folders below. */
export function programHome(): string {
  const folder = dirname(process.argv[1] ?? '.');
  return basename(dirname(folder)) === 'build' ? dirname(dirname(folder)) : process.cwd();
}

export interface Repository {
  /** Absolute path of the folder that holds package.json. */
  readonly root: string;
  /** Its address, from package.json's `repository`. */
  readonly url: string;
}

/** The repository that a folder stands in: the nearest package.json upwards that names a `repository`. */
export function readRepository(from: string): Repository {
  for (let dir = from; ; dir = dirname(dir)) {
    const url = readUrl(join(dir, 'package.json'));
    if (url !== undefined) return { root: dir, url };
    if (dirname(dir) === dir) {
      throw new Failure(
        `No package.json with a "repository" above "${from}", expected to run inside the repository`,
      );
    }
  }
}

function readUrl(file: string): string | undefined {
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch {
    return undefined;
  }
  let content: unknown;
  try {
    content = JSON.parse(text);
  } catch (cause) {
    throw new Failure(`Could not read "${file}" as JSON`, { cause });
  }
  if (typeof content !== 'object' || content === null || !('repository' in content)) return undefined;
  const { repository } = content;
  if (typeof repository === 'string') return repository;
  if (typeof repository === 'object' && repository !== null && 'url' in repository)
    return String(repository.url);
  return undefined;
}
