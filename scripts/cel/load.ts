import { createRequire } from 'node:module';

type Cel = typeof import('@marcbachmann/cel-js');

let loaded: Cel | undefined;

/**
 * The CEL library, read from node_modules when the first expression is met: most runs meet none, and it would cost each
 * of them its loading. Its modules load synchronously, so that checks need not wait.
 */
export function celLibrary(): Cel {
  loaded ??= createRequire(import.meta.url)('@marcbachmann/cel-js') as Cel;
  return loaded;
}
