import { fieldOf, type ScalarNode, withPairs, type YamlNode } from '../yaml/node.ts';
import { described, isNull } from './decode.ts';
import { followShared } from './edit.ts';
import { expandVariables, isString, type KnownVariable } from './expand-variables.ts';
import { failAt } from './failure.ts';
import { applyFieldSpec, chosenBy, type FieldSpec, mapItems, splitAt } from './field-spec.ts';
import { effectiveNamespace, splitApiVersion } from './id.ts';
import type { VarEntry } from './kustomization.ts';
import { allIds, type BuildObject, withRoot, withState } from './object.ts';
import { compareText } from './sort-order.ts';

/** A `vars` entry: a name, the object it reads, and the field there. */
export interface Variable {
  readonly name: string;
  readonly fieldPath: string;
  readonly entry: VarEntry;
}

/** Marks the objects that variables of a kustomization read, and adds the variables to those of its bases. */
export function collectVariables(
  objects: readonly BuildObject[],
  known: readonly Variable[],
  entries: readonly VarEntry[],
): { readonly objects: readonly BuildObject[]; readonly variables: readonly Variable[] } {
  if (entries.length === 0) return { objects, variables: known };
  const marked = objects.slice();
  const added: Variable[] = [];
  for (const entry of entries) {
    const name = entry.name?.text ?? '';
    const found = marked.flatMap((object, index) => (isTarget(object, entry) ? [index] : []));
    if (found.length > 1) {
      failAt(
        entry.node.place,
        `Found ${found.length} resId matches for var "${name}" (unable to disambiguate)`,
      );
    }
    const [index] = found;
    if (index !== undefined) {
      const object = marked[index]!;
      marked[index] = withState(object, { vars: [...object.state.vars, name] });
    }
    added.push({ name, fieldPath: entry.fieldref?.fieldPath?.text || 'metadata.name', entry });
  }
  return { objects: marked, variables: mergeVariables(known, added) };
}

/** All of them; a name may come once. */
export function mergeVariables(known: readonly Variable[], more: readonly Variable[]): readonly Variable[] {
  const result = known.slice();
  for (const variable of more) {
    if (result.some(({ name }) => name === variable.name)) {
      failAt(variable.entry.node.place, `Var "${variable.name}" already encountered`);
    }
    result.push(variable);
  }
  return result;
}

function isTarget(object: BuildObject, { objref }: VarEntry): boolean {
  const apiVersion = objref?.apiVersion?.text ?? '';
  const split = splitApiVersion(apiVersion);
  const group = split.group || objref?.group?.text || '';
  const version = (apiVersion === '' ? undefined : split.version) ?? objref?.version?.text ?? '';
  const namespace = objref?.namespace?.text ?? '';
  return allIds(object).some(
    (id) =>
      id.group === group &&
      id.version === version &&
      id.kind === (objref?.kind?.text ?? '') &&
      id.name === (objref?.name?.text ?? '') &&
      (namespace === '' || effectiveNamespace(id) === namespace),
  );
}

/**
 * Writes the values of variables where `$(NAME)` stands; a text that is nothing else takes the type of the value.
 *
 * @returns the objects, and the names of variables that stand nowhere
 */
export function resolveVariables(
  objects: readonly BuildObject[],
  variables: readonly Variable[],
  specs: readonly FieldSpec[],
): { readonly objects: readonly BuildObject[]; readonly unused: readonly string[] } {
  if (variables.length === 0) return { objects, unused: [] };
  const known = new Map<string, KnownVariable>();
  for (const variable of [...variables].sort((a, b) => compareText(a.name, b.name))) {
    known.set(variable.name, {
      node: valueFor(variable, objects),
      entry: variable.entry.node.place,
      used: false,
    });
  }
  const resolved = objects.map((object) => resolveIn(object, known, specs));
  return { objects: resolved, unused: [...known].flatMap(([name, { used }]) => (used ? [] : [name])) };
}

/** Undefined for what is no single value: Kustomize leaves the variable where it stands. Of null it takes the text. */
function valueFor(variable: Variable, objects: readonly BuildObject[]): ScalarNode | undefined {
  const { name, fieldPath, entry } = variable;
  const source = objects.find(({ state }) => state.vars.includes(name));
  if (source === undefined) {
    return failAt(
      entry.node.place,
      `Var "${name}" cannot be mapped to a field in the set of known resources`,
    );
  }
  const value = lookUp(source.root, fieldPath);
  const place = entry.fieldref?.fieldPath?.place ?? entry.node.place;
  // Kustomize reads a whole number by its digits alone.
  const isOddNumber = value?.kind === 'scalar' && value.tag === '!!int' && !isDecimal(value.text);
  if (value === undefined || isOddNumber) {
    return failAt(
      place,
      `Field "${fieldPath}" specified in var "${name}" not found in corresponding resource`,
    );
  }
  return value.kind === 'scalar' ? value : undefined;
}

function isDecimal(text: string): boolean {
  return /^[-+]?\d+$/.test(text) && BigInt.asIntN(64, BigInt(text)) === BigInt(text);
}

/** `spec.ports[0].port`, with dots in keys escaped or in brackets. A number is never the key of a mapping. */
function lookUp(root: YamlNode, path: string): YamlNode | undefined {
  let node: YamlNode | undefined = root;
  for (const written of stepsOf(path)) {
    const step = written.trim();
    if (step === '') continue;
    const index = step === '-' ? -1 : /^\d+$/.test(step) ? Number(step) : undefined;
    if (node?.kind !== 'sequence') node = index === undefined ? fieldOf(node, step) : undefined;
    else node = index === undefined ? matching(node.items, step) : node.items.at(index);
  }
  return node;
}

function matching(items: readonly YamlNode[], step: string): YamlNode | undefined {
  const match = /^\[([^=]*)=(.*)\]$/.exec(step);
  if (match === null) return undefined;
  return items.find((item) => {
    const value = match[1] === '' ? item : fieldOf(item, match[1]!);
    return value?.kind === 'scalar' && value.text === match[2];
  });
}

function stepsOf(path: string): readonly string[] {
  const parts = splitAt(path, '.');
  const steps: string[] = [];
  for (let at = 0; at < parts.length; at++) {
    let step = parts[at]!;
    if (step.startsWith('[') && !step.endsWith(']')) {
      while (at + 1 < parts.length && !step.endsWith(']')) step += `.${parts[++at]}`;
      if (!step.includes('=')) step = step.replace(/^\[+|\]+$/g, '');
    }
    const indexed = /^(.*)\[(\d+)\]$/.exec(step);
    if (indexed === null) steps.push(step);
    else steps.push(...(indexed[1] === '' ? [] : [indexed[1]!]), indexed[2]!);
  }
  return steps;
}

function resolveIn(
  object: BuildObject,
  known: ReadonlyMap<string, KnownVariable>,
  specs: readonly FieldSpec[],
): BuildObject {
  let current = object;
  for (const spec of specs) {
    const replaced = new Map<YamlNode, YamlNode>();
    const edit = (node: ScalarNode) => {
      const expanded = expandVariables(node, known);
      const next = expanded === node ? node : chosenBy(expanded, spec);
      if (next !== node && current.state.shared.has(node)) replaced.set(node, next);
      return next;
    };
    const set = (node: YamlNode): YamlNode => {
      if (isNull(node)) return node;
      if (node.kind === 'scalar') return isString(node) ? edit(node) : node;
      if (node.kind === 'sequence') {
        return mapItems(node, (item) =>
          isString(item)
            ? edit(item)
            : failAt(
                item.place,
                `An item of "${spec.path}" is ${described(item)}: invalid value type, expect a string`,
              ),
        );
      }
      let changed = false;
      const pairs = node.pairs.map((pair) => {
        if (!isString(pair.key))
          return failAt(pair.key.place, `Invalid map key: it is ${described(pair.key)}`);
        const value = isString(pair.value) ? edit(pair.value) : pair.value;
        if (value === pair.value) return pair;
        changed = true;
        return { key: pair.key, value };
      });
      return changed ? withPairs(node, pairs) : node;
    };
    const root = applyFieldSpec(current, current.root, spec, set, 'nothing', object.root.place);
    current = followShared(withRoot(current, root), replaced);
  }
  return current;
}
