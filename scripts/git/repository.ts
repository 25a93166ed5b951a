import { execFile, execFileSync } from 'node:child_process';

/** Asks git in that folder; undefined where git refuses, or is not there. */
function ask(root: string, args: readonly string[]): string | undefined {
  return askBytes(root, args)?.toString('utf8');
}

function askBytes(root: string, args: readonly string[], input?: string): Buffer | undefined {
  try {
    return execFileSync('git', ['--literal-pathspecs', ...args], {
      cwd: root,
      ...(input === undefined ? {} : { input }),
      stdio: [input === undefined ? 'ignore' : 'pipe', 'pipe', 'ignore'],
      maxBuffer: 1 << 30,
    });
  } catch {
    return undefined;
  }
}

/** The same beside other work. */
function askLater(root: string, args: readonly string[]): Promise<string | undefined> {
  return new Promise((resolve) => {
    execFile('git', ['--literal-pathspecs', ...args], { cwd: root, maxBuffer: 1 << 30 }, (error, text) =>
      resolve(error === null ? text : undefined),
    );
  });
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
export async function changedFiles(
  root: string,
  commit: string,
  folders: readonly string[],
): Promise<readonly string[]> {
  const [tracked = '', untracked = ''] = await Promise.all([
    askLater(root, ['diff', '--name-only', '-z', '--no-renames', commit, '--', ...folders]),
    askLater(root, ['ls-files', '--others', '--exclude-standard', '-z', '--', ...folders]),
  ]);
  return [...new Set(`${tracked}${untracked}`.split('\0'))].filter((file) => file !== '').sort();
}

/** For more, all of the commit is listed. */
const MOST_NAMES = 500;

/**
 * What files held at a commit, by name; undefined where git refuses. Links are left out: nothing may lead elsewhere.
 *
 * @param names of files; those that the commit does not hold are left out
 */
export function filesAt(
  root: string,
  commit: string,
  names: readonly string[],
): ReadonlyMap<string, Buffer> | undefined {
  const some = names.length > MOST_NAMES ? [] : ['--', ...names];
  const listed = ask(root, ['ls-tree', '-r', '-z', commit, ...some]);
  if (listed === undefined) return undefined;
  const wanted = new Set(names);
  const ids = new Map<string, string>();
  for (const line of listed.split('\0')) {
    const [facts = '', name] = line.split('\t', 2);
    const [mode = '', , id] = facts.split(' ');
    if (name === undefined || id === undefined || !mode.startsWith('100')) continue;
    if (wanted.has(name)) ids.set(name, id);
  }
  const contents = objectsOf(root, [...new Set(ids.values())]);
  return contents && new Map(Array.from(ids, ([name, id]) => [name, contents.get(id)!]));
}

/** git-cat-file(1), "BATCH OUTPUT": `<id> <type> <size>`, the content and a line feed for each. */
function objectsOf(root: string, ids: readonly string[]): ReadonlyMap<string, Buffer> | undefined {
  const output = askBytes(root, ['cat-file', '--batch', '--buffer'], ids.map((id) => `${id}\n`).join(''));
  if (output === undefined) return undefined;
  const contents = new Map<string, Buffer>();
  for (let at = 0; at < output.length; ) {
    const end = output.indexOf('\n', at);
    const [id = '', , size] = output.toString('latin1', at, end).split(' ');
    const next = end + 1 + Number(size);
    contents.set(id, output.subarray(end + 1, next));
    at = next + 1;
  }
  return contents;
}
