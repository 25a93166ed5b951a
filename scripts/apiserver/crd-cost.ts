import type { Mapping } from '../core/value.ts';
import { callCost, comparisonCost, type Estimate, functionCost } from './crd-call-cost.ts';
import type { SchemaStep } from './crd-expressions.ts';
import { integer, mapping } from './read.ts';
import { leastBytes, REQUEST_BYTES, sizeOf } from './schema-size.ts';

/**
 * What an expression may cost at most, roughly as the server estimates it: each step is one unit, walking over a text a
 * tenth of its length, and a loop its body times the items that a request could hold. It stays below the server's
 * own number where it knows less, so that nothing is refused here that the server takes.
 */
const BUDGET = 10_000_000;

type Scope = ReadonlyMap<string, Estimate>;

interface Node {
  readonly op: string;
  readonly args: unknown;
}

const NOTHING: Estimate = { cost: 0, size: 0 };

/**
 * @param self the name of the value in the expression
 * @param steps from the root of the schema to where the rule stands: it runs once for each item on the way
 */
export function exceedsBudget(
  ast: unknown,
  self: string,
  schema: Mapping,
  steps: readonly SchemaStep[],
): boolean {
  if (!isNode(ast)) return false;
  const times = timesOf(schema, steps);
  const value: Estimate = { cost: 1, size: sizeOf(schema), schema };
  return estimate(ast, new Map([[self, value]])).cost * times > BUDGET;
}

/** How often the part can stand in one object: by the limits of the lists around it, or by what a request can hold. */
function timesOf(schema: Mapping, steps: readonly SchemaStep[]): number {
  let times = 1;
  for (const step of steps) {
    const most =
      'items' in step
        ? integer(step.items, 'maxItems')
        : 'values' in step
          ? integer(step.values, 'maxProperties')
          : 1;
    if (most === undefined) return Math.floor(REQUEST_BYTES / (leastBytes(schema) + 1));
    times *= most;
  }
  return times;
}

function isNode(value: unknown): value is Node {
  return typeof value === 'object' && value !== null && 'op' in value && 'args' in value;
}

const LOOPS = new Set(['all', 'exists', 'exists_one', 'existsOne', 'map', 'filter']);
const COMPARISONS = new Set(['==', '!=', '<', '<=', '>', '>=']);

function estimate(node: Node, scope: Scope): Estimate {
  const { op, args } = node;
  if (op === 'value') return typeof args === 'string' ? { cost: 0, size: args.length } : NOTHING;
  if (op === 'id') return (typeof args === 'string' ? scope.get(args) : undefined) ?? { cost: 1, size: 0 };
  if (!Array.isArray(args)) return isNode(args) ? estimate(args, scope) : NOTHING;
  switch (op) {
    case '.':
      return member(estimateOf(args[0], scope), String(args[1]));
    case '[]':
      return item(estimateOf(args[0], scope), estimateOf(args[1], scope));
    case '&&':
    case '||':
      return { cost: sum(args, scope), size: 0 };
    case 'list':
      return { cost: 10 + sum(args, scope), size: args.length };
    case 'call':
      // What is there is asked of its parent.
      if (args[0] === 'has_') return { cost: Math.max(0, sum(args, scope) - 1), size: 0 };
      return called(String(args[0]), Array.isArray(args[1]) ? args[1] : args.slice(1), scope);
    case 'rcall':
      return call(String(args[0]), args[1], Array.isArray(args[2]) ? args[2] : [], scope);
    case '+': {
      const [a, b] = [estimateOf(args[0], scope), estimateOf(args[1], scope)];
      const size = isText(a) || isText(b) ? a.size + b.size : 0;
      return { cost: a.cost + b.cost + Math.max(1, size * 0.1), size, schema: a.schema ?? b.schema };
    }
    case '?:': {
      const [condition, a, b] = args.map((arg) => estimateOf(arg, scope));
      return {
        cost: condition!.cost + Math.max(a!.cost, b!.cost),
        size: Math.max(a!.size, b!.size),
        schema: a!.schema,
      };
    }
    default: {
      const [a, b] = [estimateOf(args[0], scope), estimateOf(args[1], scope)];
      if (COMPARISONS.has(op)) return { cost: a.cost + b.cost + comparisonCost(a, b), size: 0 };
      return { cost: (op === 'in' ? Math.max(1, b.size) : 1) + sum(args, scope), size: 0 };
    }
  }
}

function called(name: string, args: readonly unknown[], scope: Scope): Estimate {
  const own = functionCost(
    name,
    args.map((arg) => estimateOf(arg, scope)),
  );
  return { ...own, cost: own.cost + sum(args, scope) };
}

function estimateOf(value: unknown, scope: Scope): Estimate {
  return isNode(value) ? estimate(value, scope) : NOTHING;
}

function sum(args: readonly unknown[], scope: Scope): number {
  return args.reduce<number>(
    (total, arg) => total + (Array.isArray(arg) ? sum(arg, scope) : estimateOf(arg, scope).cost),
    0,
  );
}

const isText = ({ schema, size }: Estimate): boolean =>
  schema?.type === 'string' || (schema === undefined && size > 0);

function member({ cost, schema }: Estimate, name: string): Estimate {
  const part = schema === undefined ? undefined : mapping(mapping(schema, 'properties') ?? {}, name);
  return { cost: cost + 1, size: part === undefined ? 0 : sizeOf(part), schema: part };
}

function item(container: Estimate, index: Estimate): Estimate {
  const part = partOf(container.schema);
  return { cost: container.cost + index.cost + 1, size: part === undefined ? 0 : sizeOf(part), schema: part };
}

function partOf(schema: Mapping | undefined): Mapping | undefined {
  if (schema === undefined) return undefined;
  return mapping(schema, 'items') ?? mapping(schema, 'additionalProperties');
}

function call(name: string, receiver: unknown, args: readonly unknown[], scope: Scope): Estimate {
  const range = estimateOf(receiver, scope);
  const [variable] = args;
  if (LOOPS.has(name) && isNode(variable) && variable.op === 'id') {
    const keyed = range.schema?.type === 'object';
    const part = keyed ? undefined : partOf(range.schema);
    const one: Estimate = { cost: 1, size: part === undefined ? 0 : sizeOf(part), schema: part };
    const inner = new Map(scope).set(String(variable.args), one);
    const body = args.slice(1).reduce<number>((total, arg) => total + estimateOf(arg, inner).cost, 0);
    return {
      cost: range.cost + range.size * (body + 2),
      size: range.size,
      schema: name === 'filter' ? range.schema : undefined,
    };
  }
  const own = callCost(
    name,
    range,
    args.map((arg) => estimateOf(arg, scope)),
  );
  return { ...own, cost: range.cost + sum(args, scope) + own.cost };
}
