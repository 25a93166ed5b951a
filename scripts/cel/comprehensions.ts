import { type CelLibrary, fn } from './library.ts';
import {
  type Checker,
  type Evaluator,
  type Node,
  nameOf,
  type Pair,
  type Parsed,
  pairsOf,
  type Scope,
  type Type,
} from './macro.ts';

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

/** Comprehensions of two variables, since Kubernetes 1.32. */
export const COMPREHENSIONS: CelLibrary = {
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
  ],
};
