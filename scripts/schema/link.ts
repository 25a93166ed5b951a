import { createHash } from 'node:crypto';
import { compile, compilerVersion } from './compile.ts';
import { ajvSchema, BUILT_IN, CUSTOM, type Dialect } from './jsonschema.ts';
import type { Library } from './library.ts';
import { references } from './references.ts';
import { runtime } from './runtime.ts';
import type { Shape } from './shape.ts';
import type { CodeStore } from './store.ts';

/** One thing that ajv found, relative to where it began. */
export interface Fault {
  readonly instancePath: string;
  readonly schemaPath: string;
  readonly keyword: string;
  readonly params: Readonly<Record<string, unknown>>;
}

/** A compiled definition, as ajv writes it. */
export interface Validate {
  (
    data: unknown,
    context?: {
      readonly instancePath: string;
      readonly rootData: unknown;
      readonly parentData: unknown;
      readonly parentDataProperty: string;
    },
  ): boolean;
  errors?: readonly Fault[] | null;
}

/** Where definitions refer to each other: those of a group of custom resources also to Kubernetes' own. */
export interface Scope {
  readonly own: Library;
  /** Undefined where `own` is Kubernetes' itself. */
  readonly kubernetes: Library | undefined;
}

interface Found {
  readonly shape: Shape;
  readonly content: string;
  readonly dialect: Dialect;
}

/** From here on a definition is compiled and kept on its own, so that Deployment and Job share what a pod is. */
const BIG = 40;

type Factory = (
  run: typeof runtime,
  link: Record<string, Validate>,
  load: (name: string) => unknown,
) => Validate;

/** Makes definitions of one scope into functions, each when it is first called. */
export class Linker {
  readonly #scope: Scope;
  readonly #store: CodeStore;
  readonly #sizes = new Map<string, number>();
  readonly #factories = new Map<string, Factory>();
  readonly #extra = new Map<string, Found>();
  readonly #link: Record<string, Validate> = Object.create(null);

  constructor(scope: Scope, store: CodeStore) {
    this.#scope = scope;
    this.#store = store;
  }

  shape(name: string): Shape {
    return this.#find(name).shape;
  }

  /** The function of a definition. */
  get(name: string): Validate {
    this.#define(name);
    return this.#link[name]!;
  }

  /** The function of a shape that is no definition of its own, under a name for it. */
  add(name: string, shape: Shape, dialectOf: string): Validate {
    const { content, dialect } = this.#find(dialectOf);
    this.#extra.set(name, { shape, content: `${content}@${name}`, dialect });
    return this.get(name);
  }

  #find(name: string): Found {
    const extra = this.#extra.get(name);
    if (extra !== undefined) return extra;
    const { own, kubernetes } = this.#scope;
    const shape = own.shape(name);
    if (shape !== undefined)
      return { shape, content: own.contentOf(name), dialect: kubernetes === undefined ? BUILT_IN : CUSTOM };
    const standard = kubernetes?.shape(name);
    if (standard === undefined || kubernetes === undefined)
      throw new TypeError(`no definition is called ${name}`);
    return { shape: standard, content: kubernetes.contentOf(name), dialect: BUILT_IN };
  }

  /** A property that turns into the function when it is first read: definitions may refer to themselves. */
  #define(name: string): void {
    if (name in this.#link) return;
    Object.defineProperty(this.#link, name, {
      configurable: true,
      enumerable: true,
      get: () => {
        const made = this.#make(name);
        Object.defineProperty(this.#link, name, { value: made, writable: false });
        return made;
      },
    });
  }

  #make(name: string): Validate {
    let factory = this.#factories.get(name);
    if (factory === undefined) {
      this.#load(name);
      factory = this.#factories.get(name);
      if (factory === undefined) throw new TypeError(`${name} was not compiled`);
    }
    return factory(runtime, this.#link, load);
  }

  /** Compiles, or takes from the store, a definition with the small ones that it needs. */
  #load(root: string): void {
    const members = [...this.#members(root)].sort();
    const hash = createHash('sha256').update(compilerVersion());
    for (const name of members) {
      const { content, dialect } = this.#find(name);
      hash.update(`\0${name}\0${content}\0${dialect === CUSTOM}`);
    }
    const key = hash.digest('hex').slice(0, 32);
    let factories = this.#evaluate(this.#store.get(key));
    if (factories === undefined) {
      const code = compile(
        members.map((name) => {
          const { shape, dialect } = this.#find(name);
          return { name, schema: ajvSchema(shape, dialect, (target) => this.shape(target)) };
        }),
      );
      this.#store.set(key, code);
      factories = this.#evaluate(code)!;
    }
    for (const name of members) {
      const factory = factories[name];
      if (factory !== undefined && !this.#factories.has(name)) this.#factories.set(name, factory);
      for (const target of references(this.shape(name))) this.#define(target);
      this.#define(name);
    }
  }

  #evaluate(code: string | undefined): Readonly<Record<string, Factory>> | undefined {
    if (code === undefined) return undefined;
    try {
      return new Function(`"use strict"; return ${code}`)() as Readonly<Record<string, Factory>>;
    } catch {
      return undefined;
    }
  }

  #members(root: string): Set<string> {
    const members = new Set([root]);
    for (const name of members)
      for (const target of references(this.shape(name))) if (this.#size(target) < BIG) members.add(target);
    return members;
  }

  /** How many definitions one needs, itself included. */
  #size(name: string): number {
    let size = this.#sizes.get(name);
    if (size === undefined) {
      const seen = new Set([name]);
      for (const member of seen) for (const target of references(this.shape(member))) seen.add(target);
      size = seen.size;
      this.#sizes.set(name, size);
    }
    return size;
  }
}

/** What ajv's generated code asks for by name. */
function load(name: string): unknown {
  if (name === 'ajv/dist/runtime/ucs2length') return { default: runtime.lengthOf };
  if (name === 'ajv/dist/runtime/equal') return { default: runtime.equal };
  throw new TypeError(`compiled code asks for ${name}`);
}
