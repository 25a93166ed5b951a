import type { Path } from './path.ts';
import { isMapping, type Mapping, newMapping, type Value } from './value.ts';

/** Whether a value is as good as the one that was judged. A pure function, the same one each time. */
export type Test = (value: Value | undefined) => boolean;

/** One of several checks, as a bit, so that a set of them is a number. */
export type Reader = number;

/** Every reader there may be. */
export const ALL: Reader = -1;

/**
 * What two objects have in common, and who looked at the rest: a check that reads nothing of that comes to the same for
 * every object that is like them. A check is handed a stand-in of one of the objects, whose fields note that they were read.
 */
export class Likeness {
  readonly #isList: boolean;
  readonly #keys: readonly string[];
  readonly #values: readonly Value[];
  /** The fields that are not the very same in both, where there is one. */
  readonly #differences: readonly (Difference | undefined)[];

  private constructor(
    isList: boolean,
    keys: readonly string[],
    values: readonly Value[],
    differences: readonly (Difference | undefined)[],
  ) {
    this.#isList = isList;
    this.#keys = keys;
    this.#values = values;
    this.#differences = differences;
  }

  /** Undefined where they have other fields, or share too little for it to be worth the while. */
  static of(first: Mapping, second: Mapping): Likeness | undefined {
    const budget = { parts: MOST_PARTS };
    const likeness = Likeness.#between(first, second, budget);
    return budget.parts < 0 ? undefined : likeness;
  }

  static #between(first: Value, second: Value, budget: { parts: number }): Likeness | undefined {
    if (!isObject(first) || !isObject(second) || --budget.parts < 0) return undefined;
    const keys = Object.keys(second);
    const isList = Array.isArray(second);
    if (isList !== Array.isArray(first) || !areSame(keys, Object.keys(first))) return undefined;
    const values: readonly Value[] = Object.values(second);
    const others: readonly Value[] = Object.values(first);
    const differences = values.map((value, index) => {
      const other = others[index]!;
      return value === other ? undefined : new Difference(value, Likeness.#between(other, value, budget));
    });
    return new Likeness(isList, keys, values, differences);
  }

  /** Calls a check with a stand-in of the second object. Each reader has its own, since what is kept of a part it read before. */
  read<T>(reader: Reader, check: (standIn: Mapping) => T): T {
    copies = new WeakMap();
    try {
      return check(this.#copyFor(reader) as Mapping);
    } finally {
      copies = undefined;
    }
  }

  #copyFor(reader: Reader): Value {
    const copy: Record<string, Value> | Value[] = this.#isList ? [] : newMapping();
    const fields = copy as Record<string, Value>;
    for (const [index, key] of this.#keys.entries()) {
      const difference = this.#differences[index];
      if (difference === undefined) fields[key] = this.#values[index]!;
      else {
        let inner: Value | undefined;
        const get = () => {
          difference.readers |= reader;
          if (difference.inner === undefined) return difference.value;
          inner ??= difference.inner.#copyFor(reader);
          return inner;
        };
        Object.defineProperty(copy, key, { enumerable: true, configurable: true, get });
      }
    }
    copies?.set(copy, { reader, differenceOf: (key) => this.#differences[this.#keys.indexOf(key)] });
    return copy;
  }

  /**
   * The reader need not have seen that very value wherever `testAt` has a test for its place: any that passes will do.
   * @param testAt is asked for the places of single values that the reader has read
   */
  relax(reader: Reader, testAt: (path: Path) => Test | undefined, at: Path = []): void {
    for (const [index, difference] of this.#differences.entries()) {
      if (difference === undefined || (difference.readers & reader) === 0) continue;
      const key = this.#keys[index]!;
      const path = [...at, this.#isList ? Number(key) : key];
      if (difference.inner !== undefined) difference.inner.relax(reader, testAt, path);
      else if (!isObject(difference.value)) {
        const test = testAt(path);
        if (test?.(difference.value) === true) difference.relax(reader, test);
      }
    }
  }

  /** The readers that may come to something else for that object: those that read what is different in it. */
  readersOfOther(other: Mapping | readonly Value[]): Reader {
    if (Array.isArray(other) !== this.#isList) return ALL;
    const fields = other as Mapping;
    let readers = 0;
    let index = 0;
    for (const key in fields) {
      if (key !== this.#keys[index]) return ALL;
      const value = fields[key]!;
      if (value !== this.#values[index]) {
        const difference = this.#differences[index];
        if (difference === undefined) return ALL;
        readers |= difference.readersOf(value);
      }
      index++;
    }
    return index === this.#keys.length ? readers : ALL;
  }
}

/** A field in which two objects are not the very same. */
class Difference {
  /** Of the second object. */
  readonly value: Value;
  /** Where both are mappings of the same fields or lists of the same length: their parts count one by one. */
  readonly inner: Likeness | undefined;
  /** For whom it must be that very value. */
  readers: Reader = 0;
  /** For whom it must only pass. */
  #tests: readonly { readonly reader: Reader; readonly test: Test }[] = [];

  constructor(value: Value, inner: Likeness | undefined) {
    this.value = value;
    this.inner = inner;
  }

  relax(reader: Reader, test: Test): void {
    this.readers &= ~reader;
    this.addTest(reader, test);
  }

  addTest(reader: Reader, test: Test): void {
    if (this.#tests.some((each) => each.reader === reader && each.test === test)) return;
    this.#tests = [...this.#tests, { reader, test }];
  }

  readersOf(value: Value): Reader {
    if (this.inner !== undefined && isObject(value))
      return this.readers === 0 ? 0 : this.readers & this.inner.readersOfOther(value);
    let { readers } = this;
    for (const { reader, test } of this.#tests) if (!test(value)) readers |= reader;
    return readers;
  }
}

/** Objects that differ in more parts share little. */
const MOST_PARTS = 32;

interface Copy {
  readonly reader: Reader;
  readonly differenceOf: (key: string) => Difference | undefined;
}

/** The stand-ins of the check that runs, if it runs on one. */
let copies: WeakMap<object, Copy> | undefined;

/** Whether the field or the item passes. Who asks has not read it: of a stand-in, another value that passes is as good. */
export function passes(part: Mapping | readonly Value[], step: string | number, test: Test): boolean {
  const copy = copies?.get(part);
  const difference = copy?.differenceOf(String(step));
  if (copy === undefined || difference === undefined || isObject(difference.value))
    return test((part as Mapping)[step]);
  const passed = test(difference.value);
  if (passed) difference.addTest(copy.reader, test);
  else difference.readers |= copy.reader;
  return passed;
}

function isObject(value: Value): value is Mapping | readonly Value[] {
  return isMapping(value) || Array.isArray(value);
}

function areSame(one: readonly string[], other: readonly string[]): boolean {
  return one.length === other.length && one.every((key, index) => key === other[index]);
}
