import type { Mapping } from '../core/value.ts';
import { sizeOf } from './schema-size.ts';

/** What an expression costs at most, and how large its result may be. */
export interface Estimate {
  readonly cost: number;
  /** Items or characters; 0 where it does not matter. */
  readonly size: number;
  readonly schema?: Mapping | undefined;
}

/** To walk over a text. */
const WALK = 0.1;
/** A regular expression is taken to have a state for every four characters. */
const STATES = 0.25;

/** A call by itself, without what its target and arguments cost: cel-go's checker/cost.go and Kubernetes' cel/library/cost.go. */
export function callCost(name: string, target: Estimate, args: readonly Estimate[]): Estimate {
  const [first] = args;
  const size = first?.size ?? 0;
  switch (name) {
    // `matches`, as it is called here.
    case 'matchesRe2':
    case 'find':
    case 'findAll':
      return {
        cost: (target.size + 1) * WALK * size * STATES,
        size: name === 'matchesRe2' ? 0 : target.size,
      };
    case 'contains':
      return { cost: target.size * WALK * size * WALK, size: 0 };
    case 'startsWith':
    case 'endsWith':
      return { cost: size * WALK, size: 0 };
    case 'lowerAscii':
    case 'upperAscii':
    case 'substring':
    case 'trim':
      return { cost: target.size * WALK, size: target.size };
    case 'replace':
      return { cost: target.size * 2 * WALK, size: target.size };
    case 'split':
      return { cost: target.size * 2 * WALK, size: target.size };
    case 'isSorted':
    case 'sum':
    case 'min':
    case 'max':
    case 'indexOf':
    case 'lastIndexOf':
      return { cost: listCost(target), size: 0 };
    default:
      return { cost: 1, size: 0 };
  }
}

const READS = new Set([
  'url',
  'quantity',
  'isQuantity',
  'ip',
  'isIP',
  'cidr',
  'isCIDR',
  'semver',
  'isSemver',
]);

/** A function that is called on nothing. */
export function functionCost(name: string, args: readonly Estimate[]): Estimate {
  const size = args[0]?.size ?? 0;
  return READS.has(name) ? { cost: Math.max(1, size * WALK), size: 0 } : { cost: 1, size: 0 };
}

function listCost({ size, schema }: Estimate): number {
  if (schema?.type !== 'array') return size * WALK;
  const { items } = schema;
  const text = typeof items === 'object' && items !== null && 'type' in items && items.type === 'string';
  return size * (text ? 1 + sizeOf(items as Mapping) * WALK : 1);
}

/** Two values are compared along the shorter one. */
export function comparisonCost(a: Estimate, b: Estimate): number {
  return Math.max(1, Math.min(a.size, b.size) * WALK);
}
