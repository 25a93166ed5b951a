import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { policies } from '../policies/index.ts';
// Loads every file that declares a rule.
import './checks/rule-index.ts';
import { SERVER_KINDS } from './apiserver/kinds.ts';
import { serverRules } from './apiserver/rule.ts';
import { runEntry } from './cli/entry.ts';
import { programHome } from './cli/repository.ts';
import { peersPage } from './guide/peers-page.ts';
import { policiesPage } from './guide/policies-page.ts';
import { readExamples } from './guide/policy-folder.ts';
import { serverPage } from './guide/server-page.ts';

void runEntry(({ out }) => {
  const root = programHome();
  const pages = {
    'docs/policies.md': policiesPage(policies, (id) => readExamples(root, id)),
    'docs/peers.md': peersPage(policies),
    'docs/api-server.md': serverPage(serverRules(), SERVER_KINDS),
  };
  for (const [file, text] of Object.entries(pages)) {
    writeFileSync(join(root, file), text);
    out(`${file}\n`);
  }
  return 0;
});
