import { type CelLibrary, fn } from './library.ts';
import { celText } from './text.ts';

/** What the library hands to macros: their arguments as it parsed them, and its checker and evaluator later. */
interface Node {
  readonly op: string;
  readonly args: unknown;
}
interface Type {
  readonly kind: string;
  readonly keyType?: Type;
  readonly valueType?: Type;
}
interface Scope {
  forkWithVariable(name: string, type: Type): Scope;
  reuse(parent: Scope): Scope;
  setIterValue(value: unknown, evaluator: Evaluator): Scope;
}
interface Checker {
  check(node: Node, scope: Scope): Type;
  getType(name: string): Type;
  createError(code: string, message: string, node: Node): Error;
  readonly registry: {
    getListType(item: Type): Type;
    getMapType(key: Type, value: Type): Type;
    getOptionalType(type: Type): Type;
  };
}
interface Evaluator {
  run(node: Node, scope: Scope): unknown;
}
interface Parsed {
  readonly ast: Node;
  readonly args: readonly Node[];
  readonly receiver: Node;
}
interface Optional {
  hasValue(): boolean;
  value(): unknown;
}

function nameOf(node: Node): string {
  if (node.op === 'id' && typeof node.args === 'string') return node.args;
  throw new Error('a macro needs the name of a variable');
}

type Pair = readonly [unknown, unknown];

function pairsOf(collection: unknown): Pair[] {
  if (Array.isArray(collection)) return collection.map((item, index) => [BigInt(index), item]);
  if (collection instanceof Map) return [...collection];
  if (typeof collection === 'object' && collection !== null) return Object.entries(collection);
  throw new Error('expected a list or a map');
}

/** The scopes of a comprehension's two variables. */
interface Scopes {
  outer: Scope | undefined;
  inner: Scope | undefined;
}

function forkBoth(checker: Checker, { receiver, args }: Parsed, scope: Scope, scopes: Scopes): Scope {
  const range = checker.check(receiver, scope);
  const dyn = checker.getType('dyn');
  const first = range.kind === 'list' ? checker.getType('int') : (range.keyType ?? dyn);
  if (range.kind !== 'list' && range.kind !== 'map' && range.kind !== 'dyn')
    throw checker.createError('invalid_comprehension_range', 'Expected a list or a map', receiver);
  scopes.outer = scope.forkWithVariable(nameOf(args[0]!), first);
  scopes.inner = scopes.outer.forkWithVariable(nameOf(args[1]!), range.valueType ?? dyn);
  return scopes.inner;
}

function* iterate(evaluator: Evaluator, receiver: Node, scope: Scope, scopes: Scopes): Generator<Scope> {
  for (const [first, second] of pairsOf(evaluator.run(receiver, scope))) {
    const outer = scopes.outer!.reuse(scope).setIterValue(first, evaluator);
    yield scopes.inner!.reuse(outer).setIterValue(second, evaluator);
  }
}

/** `list.all(i, v, …)` and its like: how many may hold for the answer. */
function quantifier(answer: (holding: number, all: number) => boolean, swallows: boolean) {
  return (parsed: Parsed) => {
    const scopes: Scopes = { outer: undefined, inner: undefined };
    return {
      async: false,
      typeCheck(checker: Checker, _: unknown, scope: Scope): Type {
        const type = checker.check(parsed.args[2]!, forkBoth(checker, parsed, scope, scopes));
        if (type.kind !== 'dyn' && type !== checker.getType('bool'))
          throw checker.createError('invalid_predicate', 'Predicate must return bool', parsed.args[2]!);
        return checker.getType('bool');
      },
      evaluate(evaluator: Evaluator, _: unknown, scope: Scope): boolean {
        let [holding, count] = [0, 0];
        let failure: unknown;
        for (const inner of iterate(evaluator, parsed.receiver, scope, scopes)) {
          try {
            if (evaluator.run(parsed.args[2]!, inner) === true) holding++;
            count++;
          } catch (error) {
            if (!swallows) throw error;
            failure ??= error;
          }
        }
        const result = answer(holding, count);
        // One item decides "all" to false and "exists" to true, whatever else failed.
        if (failure !== undefined && answer(holding, count) === answer(0, 0)) throw failure;
        return result;
      },
    };
  };
}

/** `transformList`, `transformMap`, `transformMapEntry`, each with a filter or without. */
function transformer(
  finish: (pairs: readonly Pair[]) => unknown,
  typeOf: (checker: Checker, value: Type, range: Type) => Type,
) {
  return (parsed: Parsed) => {
    const scopes: Scopes = { outer: undefined, inner: undefined };
    const filter = parsed.args.length === 4 ? parsed.args[2] : undefined;
    const transform = parsed.args.at(-1)!;
    return {
      async: false,
      typeCheck(checker: Checker, _: unknown, scope: Scope): Type {
        const inner = forkBoth(checker, parsed, scope, scopes);
        if (filter !== undefined) checker.check(filter, inner);
        return typeOf(checker, checker.check(transform, inner), checker.check(parsed.receiver, scope));
      },
      evaluate(evaluator: Evaluator, _: unknown, scope: Scope): unknown {
        const pairs: Pair[] = [];
        const keys = pairsOf(evaluator.run(parsed.receiver, scope));
        let index = 0;
        for (const inner of iterate(evaluator, parsed.receiver, scope, scopes)) {
          const key = keys[index++]![0];
          if (filter === undefined || evaluator.run(filter, inner) === true)
            pairs.push([key, evaluator.run(transform, inner)]);
        }
        return finish(pairs);
      },
    };
  };
}

const transformList = transformer(
  (pairs) => pairs.map(([, value]) => value),
  (checker, value) => checker.registry.getListType(value),
);
const transformMap = transformer(
  (pairs) => new Map(pairs),
  (checker, value, range) =>
    checker.registry.getMapType(
      range.kind === 'list' ? checker.getType('int') : (range.keyType ?? checker.getType('dyn')),
      value,
    ),
);
const transformMapEntry = transformer(
  (pairs) => new Map(pairs.flatMap(([, entry]) => pairsOf(entry))),
  (_, value) => value,
);

function sortBy(parsed: Parsed) {
  let inner: Scope | undefined;
  return {
    async: false,
    typeCheck(checker: Checker, _: unknown, scope: Scope): Type {
      const range = checker.check(parsed.receiver, scope);
      inner = scope.forkWithVariable(nameOf(parsed.args[0]!), range.valueType ?? checker.getType('dyn'));
      checker.check(parsed.args[1]!, inner);
      return range;
    },
    evaluate(evaluator: Evaluator, _: unknown, scope: Scope): unknown {
      const keyed = pairsOf(evaluator.run(parsed.receiver, scope)).map(([, item]) => {
        const key = evaluator.run(parsed.args[1]!, inner!.reuse(scope).setIterValue(item, evaluator));
        return { item, key: key as string };
      });
      return keyed.sort((a, b) => (a.key < b.key ? -1 : a.key > b.key ? 1 : 0)).map(({ item }) => item);
    },
  };
}

/** `optional.optMap(v, …)`: `flat` where the expression gives an optional itself. */
function optionalMap(flat: boolean) {
  return (parsed: Parsed) => {
    let inner: Scope | undefined;
    return {
      async: false,
      typeCheck(checker: Checker, _: unknown, scope: Scope): Type {
        const optional = checker.check(parsed.receiver, scope);
        inner = scope.forkWithVariable(nameOf(parsed.args[0]!), optional.valueType ?? checker.getType('dyn'));
        const type = checker.check(parsed.args[1]!, inner);
        return flat ? type : checker.registry.getOptionalType(type);
      },
      evaluate(evaluator: Evaluator, _: unknown, scope: Scope): unknown {
        const optional = evaluator.run(parsed.receiver, scope) as Optional & {
          constructor: { of(value: unknown): unknown };
        };
        if (!optional.hasValue()) return optional;
        const value = evaluator.run(
          parsed.args[1]!,
          inner!.reuse(scope).setIterValue(optional.value(), evaluator),
        );
        return flat ? value : optional.constructor.of(value);
      },
    };
  };
}

/** `'%s is %d'.format([name, 1])`: the list may hold values of several types, unlike any other. */
function format(parsed: Parsed) {
  const [list] = parsed.args;
  const items = list?.op === 'list' && Array.isArray(list.args) ? (list.args as readonly Node[]) : undefined;
  return {
    async: false,
    typeCheck(checker: Checker, _: unknown, scope: Scope): Type {
      const receiver = checker.check(parsed.receiver, scope);
      if (receiver.kind !== 'dyn' && receiver !== checker.getType('string'))
        throw checker.createError('no_matching_overload', 'Only a string has format()', parsed.receiver);
      if (items === undefined) checker.check(list!, scope);
      else for (const item of items) checker.check(item, scope);
      return checker.getType('string');
    },
    evaluate(evaluator: Evaluator, _: unknown, scope: Scope): string {
      const text = String(evaluator.run(parsed.receiver, scope));
      const values =
        items?.map((item) => evaluator.run(item, scope)) ??
        pairsOf(evaluator.run(list!, scope)).map(([, item]) => item);
      let next = 0;
      return text.replace(
        /%(?:\.(\d+))?([%sdfebxXo])/g,
        (_whole, digits: string | undefined, verb: string) => {
          if (verb === '%') return '%';
          if (next >= values.length) throw new Error('format() has fewer values than its text asks for');
          return celText(values[next++], verb, digits === undefined ? undefined : Number(digits));
        },
      );
    },
  };
}

/** `has(a[0].b)`: whether the last field is there; what it stands in has to be. */
function has(parsed: Parsed) {
  const [field] = parsed.args;
  const [container, name] = Array.isArray(field?.args) ? (field.args as readonly unknown[]) : [];
  return {
    async: false,
    typeCheck(checker: Checker, _: unknown, scope: Scope): Type {
      if (field === undefined || (field.op !== '.' && field.op !== '.?'))
        throw checker.createError('invalid_macro_argument', 'The argument of has() is no field', parsed.ast);
      checker.check(field, scope);
      return checker.getType('bool');
    },
    evaluate(evaluator: Evaluator, _: unknown, scope: Scope): boolean {
      let value = evaluator.run(container as Node, scope);
      if (isOptional(value)) {
        if (!value.hasValue()) return false;
        value = value.value();
      }
      if (value instanceof Map) return value.has(name);
      if (typeof value !== 'object' || value === null) throw new Error(`no such field: ${String(name)}`);
      return name !== undefined && Object.hasOwn(value, String(name));
    },
  };
}

function isOptional(value: unknown): value is Optional {
  return typeof value === 'object' && value !== null && 'hasValue' in value && 'value' in value;
}

/** Macros that the library lacks: comprehensions of two variables, optMap, sortBy, format. */
export const MACROS: CelLibrary = {
  functions: [
    fn(
      'list.all(ast, ast, ast): bool',
      quantifier((holding, all) => holding === all, true),
    ),
    fn(
      'list.exists(ast, ast, ast): bool',
      quantifier((holding) => holding > 0, true),
    ),
    fn(
      'list.existsOne(ast, ast, ast): bool',
      quantifier((holding) => holding === 1, false),
    ),
    fn(
      'list.exists_one(ast, ast, ast): bool',
      quantifier((holding) => holding === 1, false),
    ),
    fn('list.transformList(ast, ast, ast): list<dyn>', transformList),
    fn('list.transformList(ast, ast, ast, ast): list<dyn>', transformList),
    fn('list.transformMap(ast, ast, ast): map<dyn, dyn>', transformMap),
    fn('list.transformMap(ast, ast, ast, ast): map<dyn, dyn>', transformMap),
    fn('list.transformMapEntry(ast, ast, ast): map<dyn, dyn>', transformMapEntry),
    fn('list.transformMapEntry(ast, ast, ast, ast): map<dyn, dyn>', transformMapEntry),
    fn('list.sortBy(ast, ast): list<dyn>', sortBy),
    fn('optional.optMap(ast, ast): optional<dyn>', optionalMap(false)),
    fn('optional.optFlatMap(ast, ast): optional<dyn>', optionalMap(true)),
    fn('string.format(ast): string', format),
    fn('has_(ast): bool', has),
  ],
};
