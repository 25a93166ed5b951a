import type { Rule, Violation } from '../core/finding.ts';
import type { Inventory } from '../core/inventory.ts';
import { unusedExternals } from '../core/references/index.ts';

export const declarationUnused: Rule = {
  id: 'declaration-unused',
  category: 'reference',
  severity: 'error',
  title: 'Nothing needs what cluster.yaml declares',
  why: 'It would silently excuse a name that somebody misspells later, and tells people of something that may not be there.',
  fix: 'Remove the entry.',
};

/** Entries of a `cluster.yaml` that excuse nothing; `at` counts from the root of that file. */
export function* unusedDeclarations(inventory: Inventory): Generator<Violation> {
  const { externals, kindsWithoutSchema } = inventory.cluster;
  for (const index of unusedExternals(inventory)) {
    const { kind, name } = externals[index]!;
    const message = `${kind} "${name}" is declared as coming from outside git, and nothing names it`;
    yield { at: ['spec', 'externals', index], message };
  }
  if (kindsWithoutSchema.length === 0) return;
  const kinds = new Set(inventory.resources.map(({ id }) => `${id.apiVersion}/${id.kind}`));
  for (const [index, { apiVersion, kind }] of kindsWithoutSchema.entries()) {
    if (kinds.has(`${apiVersion}/${kind}`)) continue;
    const message = `Kind "${kind}" of "${apiVersion}" is declared as lacking a schema, and no object is of that kind`;
    yield { at: ['spec', 'kindsWithoutSchema', index], message };
  }
}
