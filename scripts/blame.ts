import { statSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { runEntry } from './cli/entry.ts';
import { Failure } from './core/failure.ts';
import type { Resource } from './core/resource.ts';
import { blame, formatBlame } from './kustomize/blame.ts';
import { createRenderer } from './kustomize/render.ts';

await runEntry(({ args, out, err }) => {
  const { positionals } = parseArgs({ args: [...args], allowPositionals: true });
  const [dir, object, ...more] = positionals;
  if (dir === undefined || more.length > 0)
    throw new Failure('Usage: npm run blame -- REGION|DIR [KIND/NAME]');
  const { resources, warnings } = createRenderer({ root: process.cwd() }).render(folderOf(dir));
  for (const warning of warnings) err(`${warning}\n`);
  out(formatBlame(blame(object === undefined ? resources : selected(resources, object, dir))));
  return 0;
});

/** A folder as given, or the one of a region. */
function folderOf(name: string): string {
  for (const path of [name, `clusters/${name}`]) {
    if (statSync(path, { throwIfNoEntry: false })?.isDirectory() === true) return path;
  }
  throw new Failure(`"${name}" is neither a folder nor a region, expected one of both`);
}

function selected(resources: readonly Resource[], object: string, dir: string): readonly Resource[] {
  const [kind = '', name] = object.split('/');
  const found = resources.filter(
    ({ id }) => id.kind.toLowerCase() === kind.toLowerCase() && (name === undefined || id.name === name),
  );
  if (found.length === 0)
    throw new Failure(`"${dir}" renders no "${object}", expected KIND/NAME of what it renders`);
  return found;
}
