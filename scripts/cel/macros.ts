import { type CelLibrary, fn } from './library.ts';
import {
  type Checker,
  type Evaluator,
  type Node,
  nameOf,
  type Optional,
  type Parsed,
  pairsOf,
  type Scope,
  type Type,
} from './macro.ts';
import { celText } from './text.ts';

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

/** Macros that the library lacks: optMap, sortBy, format. */
export const MACROS: CelLibrary = {
  functions: [
    fn('list.sortBy(ast, ast): list<dyn>', sortBy),
    fn('optional.optMap(ast, ast): optional<dyn>', optionalMap(false)),
    fn('optional.optFlatMap(ast, ast): optional<dyn>', optionalMap(true)),
    fn('string.format(ast): string', format),
    fn('has_(ast): bool', has),
  ],
};
