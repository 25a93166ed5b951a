import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Asks git in that folder; undefined where git refuses, or is not there. */
function ask(root: string, args: readonly string[], env: NodeJS.ProcessEnv = {}): string | undefined {
  try {
    return execFileSync('git', ['--literal-pathspecs', ...args], {
      cwd: root,
      encoding: 'utf8',
      env: { ...process.env, ...env },
      stdio: ['ignore', 'pipe', 'ignore'],
      maxBuffer: 1 << 28,
    });
  } catch {
    return undefined;
  }
}

const MAIN = ['origin/main', 'main'];

/**
 * The commit that a change is compared with: `ref` itself, or where the branch left main. Undefined where it cannot
 * be had: no git, no such ref, a shallow checkout that ends before it.
 */
export function baseCommit(root: string, ref: string | undefined): string | undefined {
  if (ref !== undefined) return ask(root, ['rev-parse', '--verify', '--quiet', `${ref}^{commit}`])?.trim();
  for (const main of MAIN) {
    const base = ask(root, ['merge-base', 'HEAD', main])?.trim();
    if (base !== undefined && base !== '') return base;
  }
  return undefined;
}

/** Files below these folders that differ between the commit and the work tree, untracked ones included. */
export function changedFiles(root: string, commit: string, folders: readonly string[]): readonly string[] {
  const tracked = ask(root, ['diff', '--name-only', '-z', '--no-renames', commit, '--', ...folders]) ?? '';
  const untracked = ask(root, ['ls-files', '--others', '--exclude-standard', '-z', '--', ...folders]) ?? '';
  return [...new Set(`${tracked}${untracked}`.split('\0'))].filter((file) => file !== '').sort();
}

/**
 * Lays these folders out as they were at that commit, hands their root to `work`, and removes them. The index and the
 * work tree of the repository stay untouched.
 */
export async function withCommit<T>(
  root: string,
  commit: string,
  folders: readonly string[],
  work: (root: string) => Promise<T>,
): Promise<T | undefined> {
  const dir = mkdtempSync(join(tmpdir(), 'planetarium-'));
  try {
    const env = { GIT_INDEX_FILE: join(dir, 'index') };
    const tree = join(dir, 'tree');
    // The commit may hold none of the folders.
    mkdirSync(tree);
    if (ask(root, ['read-tree', commit], env) === undefined) return undefined;
    const listed = ask(root, ['ls-files', '-z', '--', ...folders], env);
    if (listed === undefined) return undefined;
    const files = listed.split('\0').filter((file) => file !== '');
    const step = 500;
    for (let i = 0; i < files.length; i += step) {
      const part = files.slice(i, i + step);
      if (ask(root, ['checkout-index', '--quiet', `--prefix=${tree}/`, '--', ...part], env) === undefined) {
        return undefined;
      }
    }
    return await work(tree);
  } finally {
    rmSync(dir, { recursive: true, force: true });
  }
}
