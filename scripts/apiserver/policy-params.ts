import type { Inventory } from '../core/inventory.ts';
import { groupOf, type Resource } from '../core/resource.ts';
import type { Mapping } from '../core/value.ts';
import type { MatchedObject } from './policy-match.ts';
import type { PolicyProgram } from './policy-program.ts';
import { EMPTY, mapping, text } from './read.ts';
import { selectorMatches } from './selector.ts';

/** What a parameter is taken from: undefined once where the policy has none, `missing` where the binding then refuses. */
export function paramsOf(
  program: PolicyProgram,
  binding: Mapping,
  { namespace }: MatchedObject,
  inventory: Inventory,
): readonly (Mapping | undefined)[] | 'missing' {
  const ref = mapping(binding, 'paramRef');
  if (program.paramKind === undefined || ref === undefined) return [undefined];
  const apiVersion = text(program.paramKind, 'apiVersion') ?? '';
  const selector = mapping(ref, 'selector');
  const name = text(ref, 'name') ?? '';
  const wanted = text(ref, 'namespace') ?? namespace;
  const found = inventory
    .ofKind(groupOf(apiVersion), text(program.paramKind, 'kind') ?? '')
    .filter((resource) => isParam(resource, name, selector, wanted, inventory));
  if (found.length > 0) return found.map(({ manifest }) => manifest);
  return text(ref, 'parameterNotFoundAction') === 'Allow' ? [] : 'missing';
}

function isParam(
  resource: Resource,
  name: string,
  selector: Mapping | undefined,
  namespace: string,
  inventory: Inventory,
): boolean {
  const own = inventory.namespaceOf(resource);
  if (own !== '' && own !== namespace) return false;
  if (name !== '') return resource.id.name === name;
  return selectorMatches(selector ?? EMPTY, mapping(resource.manifest, 'metadata')?.labels);
}
