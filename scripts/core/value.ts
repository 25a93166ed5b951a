/** What YAML and JSON hold. Mappings have no prototype; integers beyond 2^53 are `bigint`. */
export type Value = Scalar | readonly Value[] | Mapping;
export type Scalar = string | number | bigint | boolean | null;
export interface Mapping {
  readonly [key: string]: Value;
}

/**
 * A mapping to fill: without inherited fields, so that `mapping[key]` is safe whatever the key is. Made by a constructor,
 * since what `Object.create(null)` makes is a hash table for V8, several times as slow to fill, freeze and read.
 */
export function newMapping(): Record<string, Value> {
  return new Fields();
}

class Fields {
  [key: string]: Value;
}
Object.setPrototypeOf(Fields.prototype, null);
/** In a message, where a text was expected: no key of YAML is a symbol, so that it hides no field. */
Object.defineProperty(Fields.prototype, Symbol.toPrimitive, { value: () => '{…}' });
Reflect.deleteProperty(Fields.prototype, 'constructor');
Object.freeze(Fields.prototype);

export function isMapping(value: unknown): value is Mapping {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

export function isSequence(value: unknown): value is readonly Value[] {
  return Array.isArray(value);
}

/** The value at `path`, or undefined where a step is missing. */
export function valueAt(value: Value | undefined, path: readonly (string | number)[]): Value | undefined {
  let current: Value | undefined = value;
  for (const step of path) {
    if (isSequence(current) && typeof step === 'number') current = current[step];
    else if (isMapping(current) && typeof step === 'string') {
      current = Object.hasOwn(current, step) ? current[step] : undefined;
    } else return undefined;
  }
  return current;
}
