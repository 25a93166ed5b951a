import { parseArgs } from 'node:util';
import { runEntry } from './cli/entry.ts';
import { Failure } from './core/failure.ts';
import type { Restrictor } from './kustomize/loader.ts';
import { print } from './kustomize/print.ts';
import { createRenderer } from './kustomize/render.ts';

void runEntry(({ args, out, err }) => {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: { 'load-restrictor': { type: 'string' } },
  });
  const [dir, ...more] = positionals;
  if (dir === undefined || more.length > 0)
    throw new Failure('Usage: npm run render -- DIR [--load-restrictor LoadRestrictionsNone]');
  const renderer = createRenderer({
    root: process.cwd(),
    restrictor: restrictorOf(values['load-restrictor']),
  });
  const { resources, warnings } = renderer.render(dir);
  for (const warning of warnings) err(`${warning}\n`);
  out(print(resources));
  return 0;
});

function restrictorOf(name = 'LoadRestrictionsRootOnly'): Restrictor {
  if (name === 'LoadRestrictionsRootOnly' || name === 'LoadRestrictionsNone') return name;
  throw new Failure(
    `Unknown load restrictor "${name}", expected LoadRestrictionsRootOnly or LoadRestrictionsNone`,
  );
}
