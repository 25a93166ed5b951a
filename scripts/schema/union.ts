import type { Path } from '../core/path.ts';
import { isMapping, isSequence, type Mapping, type Value } from '../core/value.ts';
import { listed } from './bounds.ts';
import type { Fault } from './link.ts';
import { ANY, follow } from './shape.ts';
import { locate, type Part, type Spot } from './spot.ts';

/**
 * Of a union whose branches are told apart by the value of a field, the branch that was meant says what is wrong, and
 * where: `type: IPAddress` with a value that is none is a matter of the value.
 */
export function closestBranch(
  union: Fault,
  faults: readonly Fault[],
  spot: Spot,
  part: Part,
): { readonly fault: Fault; readonly spot: Spot } | undefined {
  const shape = spot.shapes.at(-1) ?? ANY;
  const written = shape.limits ?? follow(shape, part.resolve).limits;
  const branches = written?.[union.keyword];
  if ((union.keyword !== 'oneOf' && union.keyword !== 'anyOf') || !isSequence(branches)) return undefined;
  const meant: { readonly inner: Fault; readonly branch: Value }[] = [];
  for (const [index, branch] of branches.entries()) {
    const path = `${union.schemaPath}/${index}/`;
    const inside = faults.filter(
      (fault) => fault.schemaPath.startsWith(path) && fault.instancePath.startsWith(union.instancePath),
    );
    // A value that is none of those listed means another branch, as does a fault of the object itself.
    if (
      inside.some(
        (fault) =>
          fault.keyword === 'enum' || fault.keyword === 'not' || fault.instancePath === union.instancePath,
      )
    )
      continue;
    const inner = inside.find((fault) => !isInBranch(fault.schemaPath.slice(path.length - 1)));
    if (inner !== undefined) meant.push({ inner, branch });
  }
  const only = meant.length === 1 ? meant[0] : undefined;
  if (only === undefined) return undefined;
  const inner = locate(only.inner.instancePath, part);
  const limits = limitsInBranch(only.branch, inner.path.slice(spot.path.length));
  const shapes = [...inner.shapes.slice(0, -1), { ...(inner.shapes.at(-1) ?? ANY), limits }];
  return { fault: only.inner, spot: { ...inner, shapes } };
}

function limitsInBranch(branch: Value, path: Path): Mapping {
  let schema: Value | undefined = branch;
  for (const step of path) {
    const outer: Value | undefined = isMapping(schema)
      ? typeof step === 'number'
        ? schema.items
        : schema.properties
      : undefined;
    schema = typeof step === 'number' ? outer : isMapping(outer) ? outer[step] : undefined;
  }
  return isMapping(schema) ? schema : {};
}

/** Whether a schema's path leads through a branch of a union; a field may well be called `anyOf`. */
export function isInBranch(schemaPath: string): boolean {
  const words = schemaPath.split('/');
  for (let at = 1; at < words.length - 1; at++) {
    const word = words[at];
    if (word === 'anyOf' || word === 'oneOf' || word === 'not') return true;
    if (word === 'fields' || word === 'allOf' || word === 'either') at++;
  }
  return false;
}

/** The forms that a union allows, in words. */
export function alternatives(keyword: string, limits: Mapping): string {
  const branches = limits[keyword];
  if (keyword === 'not') return 'something else';
  const words = isSequence(branches) ? branches.map(describeBranch) : [];
  const text = words.every((word) => word !== undefined)
    ? words.join(' or ')
    : 'one of the forms of its schema';
  return keyword === 'oneOf' ? `exactly one of: ${text}` : text;
}

function describeBranch(branch: Value): string | undefined {
  if (!isMapping(branch)) return undefined;
  const words = Object.keys(branch);
  if (isSequence(branch.required) && words.length === 1)
    return `field ${branch.required.map((name) => `"${String(name)}"`).join(' and ')}`;
  if (typeof branch.format === 'string') return branch.format;
  if (typeof branch.pattern === 'string') return `text that matches ${branch.pattern}`;
  if (isSequence(branch.enum)) return listed(branch.enum, undefined);
  if (typeof branch.type === 'string') return branch.type;
  return undefined;
}
