/** What the library hands to macros: their arguments as it parsed them, and its checker and evaluator later. */
export interface Node {
  readonly op: string;
  readonly args: unknown;
}
export interface Type {
  readonly kind: string;
  readonly keyType?: Type;
  readonly valueType?: Type;
}
export interface Scope {
  forkWithVariable(name: string, type: Type): Scope;
  reuse(parent: Scope): Scope;
  setIterValue(value: unknown, evaluator: Evaluator): Scope;
}
export interface Checker {
  check(node: Node, scope: Scope): Type;
  getType(name: string): Type;
  createError(code: string, message: string, node: Node): Error;
  readonly registry: {
    getListType(item: Type): Type;
    getMapType(key: Type, value: Type): Type;
    getOptionalType(type: Type): Type;
  };
}
export interface Evaluator {
  run(node: Node, scope: Scope): unknown;
}
export interface Parsed {
  readonly ast: Node;
  readonly args: readonly Node[];
  readonly receiver: Node;
}
export interface Optional {
  hasValue(): boolean;
  value(): unknown;
}

/** The name of a variable that a macro declares. */
export function nameOf(node: Node): string {
  if (node.op === 'id' && typeof node.args === 'string') return node.args;
  throw new Error('a macro needs the name of a variable');
}

export type Pair = readonly [unknown, unknown];

/** Index and item of a list, key and value of a map. */
export function pairsOf(collection: unknown): Pair[] {
  if (Array.isArray(collection)) return collection.map((item, index) => [BigInt(index), item]);
  if (collection instanceof Map) return [...collection];
  if (typeof collection === 'object' && collection !== null) return Object.entries(collection);
  throw new Error('expected a list or a map');
}
