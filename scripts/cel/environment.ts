import type { Environment } from '@marcbachmann/cel-js';
import { AUTHORIZERS } from './authorizer.ts';
import { COMPREHENSIONS } from './comprehensions.ts';
import { NAMED_FORMATS } from './formats.ts';
import type { CelFunction, CelLibrary, CelType } from './library.ts';
import { LIST_INCLUDES, LISTS } from './lists.ts';
import { celLibrary } from './load.ts';
import { MACROS } from './macros.ts';
import { NETWORK } from './network.ts';
import { QUANTITIES } from './quantities.ts';
import { SEMVER } from './semver.ts';
import { STRINGS } from './strings.ts';

const LIBRARIES: readonly CelLibrary[] = [
  STRINGS,
  LISTS,
  LIST_INCLUDES,
  MACROS,
  COMPREHENSIONS,
  NETWORK,
  QUANTITIES,
  SEMVER,
  NAMED_FORMATS,
  AUTHORIZERS,
];

const environments = new Map<number, Environment>();

/**
 * Kubernetes' CEL of a minor version. The server compiles new expressions with what the version before it had, so
 * that a rollback finds nothing that it cannot read.
 */
export function celEnvironment(minor: number): Environment {
  let made = environments.get(minor);
  if (made === undefined) {
    made = new (celLibrary().Environment)({ enableOptionalTypes: true, homogeneousAggregateLiterals: true });
    for (const library of LIBRARIES) if ((library.since ?? 0) <= minor - 1) addLibrary(made, library);
    made.registerFunction('struct_(string, map): dyn', (name: string, fields: object) => ({ name, fields }));
    environments.set(minor, made);
  }
  return made;
}

function addLibrary(environment: Environment, library: CelLibrary): void {
  for (const type of library.types ?? []) addType(environment, type);
  for (const name of library.namespaces ?? []) {
    const ctor = class {};
    environment.registerType(`${name}Namespace`, { ctor, fields: {} });
    environment.registerConstant(name, `${name}Namespace`, new ctor());
  }
  for (const one of library.functions ?? []) addFunction(environment, one);
}

/** A type of objects, whose values are equal as `equal` says. */
export function addType(environment: Environment, { name, ctor, fields, equal }: CelType): void {
  environment.registerType(name, { ctor, fields: { ...fields } });
  environment.registerOperator(`${name} == ${name}`, equal as (a: unknown, b: unknown) => boolean);
}

function addFunction(environment: Environment, { signature, run }: CelFunction): void {
  const handler = run as (...args: unknown[]) => unknown;
  const { Optional } = celLibrary();
  const givesOptional = /: optional</.test(signature) && !/\(ast/.test(signature);
  environment.registerFunction(
    signature,
    givesOptional ? (...args: unknown[]) => Optional.of(handler(...args)) : handler,
    { async: false },
  );
}
