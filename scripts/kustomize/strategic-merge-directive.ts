import {
  findPair,
  type MappingNode,
  type Place,
  type SequenceNode,
  withItems,
  withPairs,
  type YamlNode,
} from '../yaml/node.ts';
import { failAt } from './failure.ts';

/** What a patch says of itself with `$patch`. */
export type Directive = 'merge' | 'replace' | 'delete';

const FIELD = '$patch';

/** The directive of a mapping; merge where there is none, undefined where the word is unknown. */
export function mappingDirective(patch: MappingNode): Directive | undefined {
  const value = findPair(patch, FIELD)?.value;
  return value === undefined ? 'merge' : asDirective(value.kind === 'scalar' ? value.text : '');
}

export function unknownDirective(patch: MappingNode): never {
  const value = findPair(patch, FIELD)!.value;
  return failAt(
    value.place,
    `Unknown patch strategy "${value.kind === 'scalar' ? value.text : ''}", expected "merge", "replace" or "delete"`,
  );
}

/** The mapping without its directive; a second one stays. */
export function withoutDirective(patch: MappingNode): MappingNode {
  const pair = findPair(patch, FIELD);
  if (pair === undefined) return patch;
  return withPairs(
    patch,
    patch.pairs.filter((other) => other !== pair),
  );
}

/** Where a mapping says that it deletes. */
export function directivePlace(patch: MappingNode): Place {
  return findPair(patch, FIELD)?.value.place ?? patch.place;
}

/** The directive of a list, which is its first element with `$patch` and nothing beside it. */
export function listDirective(patch: SequenceNode): {
  readonly directive: Directive;
  readonly element?: MappingNode;
} {
  for (const element of patch.items) {
    if (element.kind !== 'mapping') continue;
    const pair = findPair(element, FIELD);
    if (pair === undefined) continue;
    if (element.pairs.length > 1) return { directive: 'merge' };
    const directive = asDirective(pair.value.kind === 'scalar' ? pair.value.text : '');
    if (directive === undefined) return unknownDirective(element);
    return { directive, element };
  }
  return { directive: 'merge' };
}

/** The list without the elements that hold that directive, and without empty ones. */
export function withoutListDirective(patch: SequenceNode, directive: Directive): SequenceNode {
  const items = patch.items.filter((item) => !isEmpty(item) && !holds(item, directive));
  return withItems(patch, items);
}

function holds(item: YamlNode, directive: Directive): boolean {
  const value = item.kind === 'mapping' ? findPair(item, FIELD)?.value : undefined;
  return value?.kind === 'scalar' && value.text === directive;
}

function isEmpty(item: YamlNode): boolean {
  return item.kind === 'mapping' ? item.pairs.length === 0 : item.tag === '!!null';
}

function asDirective(word: string): Directive | undefined {
  return word === 'merge' || word === 'replace' || word === 'delete' ? word : undefined;
}
