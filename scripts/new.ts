import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { runEntry } from './cli/entry.ts';
import { programHome } from './cli/repository.ts';
import { Failure } from './core/failure.ts';
import { newPolicy } from './guide/new-policy.ts';

const USAGE = 'Usage: npm run new -- policy ID';

void runEntry(({ args, out }) => {
  const { positionals } = parseArgs({ args: [...args], allowPositionals: true, options: {} });
  const [what, id, ...more] = positionals;
  if (what !== 'policy' || id === undefined || more.length > 0) throw new Failure(USAGE);
  if (!/^[a-z0-9]+(-[a-z0-9]+)*$/.test(id)) {
    throw new Failure(`Policy id "${id}" has other characters, expected words of a-z and 0-9 joined by "-"`);
  }
  const folder = join('policies', id);
  const path = join(programHome(), folder);
  if (existsSync(path)) throw new Failure(`Policy "${id}" is there already, in ${folder}`);
  mkdirSync(path);
  for (const [name, text] of Object.entries(newPolicy(id))) {
    writeFileSync(join(path, name), text);
    out(`${folder}/${name}\n`);
  }
  out('Say what it forbids, then run: npm test -- policies, npm run docs\n');
  return 0;
});
