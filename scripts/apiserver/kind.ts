import type { Mapping } from '../core/value.ts';
import type { ServerContext } from './context.ts';
import type { Field } from './field.ts';
import type { ServerRule } from './rule.ts';
import type { Syntax } from './syntax.ts';

/** What the API server checks of one kind, beyond its schema and the metadata that all kinds share. */
export interface ServerKind {
  readonly group: string;
  readonly kind: string;
  readonly namespaced: boolean;
  /** Undefined: any name without "/" and "%". A function where it depends on the version. */
  readonly name: Syntax | ((context: ServerContext) => Syntax) | undefined;
  /** The object itself, when it is created; `at` is its root. */
  readonly check?: (object: Mapping, at: Field) => void;
  /** A change of an object that exists: what may not differ. `at` is the new object's root. */
  readonly checkUpdate?: (old: Mapping, object: Mapping, at: Field) => void;
  /** The rules that `check` and `checkUpdate` report by, for the page of what is covered. */
  readonly rules: readonly ServerRule[];
}
