import { parseArgs } from 'node:util';
import { policies } from '../policies/index.ts';
import { allRules } from './checks/rule-index.ts';
import { runEntry } from './cli/entry.ts';
import { programHome } from './cli/repository.ts';
import { Failure } from './core/failure.ts';
import { nearest } from './core/nearest.ts';
import { explain, listRules } from './guide/explain.ts';
import { readExamples } from './guide/policy-folder.ts';
import { EXAMPLES } from './schema/examples.ts';

void runEntry(({ args, out }) => {
  const { positionals } = parseArgs({ args: [...args], allowPositionals: true, options: {} });
  const [id, ...more] = positionals;
  if (more.length > 0) throw new Failure('Usage: npm run explain -- [RULE]');
  const rules = allRules();
  if (id === undefined) {
    out(listRules(rules));
    return 0;
  }
  const rule = rules.find((each) => each.id === id);
  if (rule === undefined) {
    const meant = nearest(
      id,
      rules.map((each) => each.id),
    );
    const hint = meant === undefined ? 'npm run explain lists them all' : `expected "${meant}"`;
    throw new Failure(`Unknown rule "${id}", ${hint}`);
  }
  const policy = policies.find((each) => each.id === id);
  out(explain(rule, policy, policy === undefined ? EXAMPLES[id] : readExamples(programHome(), id)));
  return 0;
});
