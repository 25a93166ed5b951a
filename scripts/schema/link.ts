import { compile } from './compile.ts';
import { ajvSchema, BUILT_IN, CUSTOM, type Dialect } from './jsonschema.ts';
import type { Library } from './library.ts';
import type { Compiled, Pack, PackFolder } from './pack.ts';
import { references } from './references.ts';
import { runtime } from './runtime.ts';
import { ANY, follow, type Shape } from './shape.ts';

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

export interface Root {
  readonly validate: Validate;
  /** Field, and the name of its function. */
  readonly parts: readonly (readonly [string, string])[];
}

interface Found {
  readonly shape: Shape;
  readonly dialect: Dialect;
}

const PARAMETERS = 'runtime,fault,faults,link,require';
type Factory = (
  run: typeof runtime,
  addFault: typeof fault,
  addFaults: typeof faults,
  link: Record<string, Validate>,
  load: (name: string) => unknown,
) => Validate;

/** Makes definitions of one scope into functions, each when it is first called: most of what a pod may have is never used. */
export class Linker {
  readonly #scope: Scope;
  readonly #pack: Pack<Factory>;
  readonly #extra = new Map<string, Found>();
  readonly #link: Record<string, Validate> = Object.create(null);

  constructor(scope: Scope, packs: PackFolder) {
    this.#scope = scope;
    this.#pack = packs.open(`${scope.own.content}\0${scope.kubernetes?.content ?? ''}`);
  }

  shape(name: string): Shape {
    return this.#find(name).shape;
  }

  /** The function of a definition. */
  get(name: string): Validate {
    this.#define(name);
    return this.#link[name]!;
  }

  /**
   * The function that looks at an object itself, and the functions of its fields that hold something: each field is
   * looked at on its own, so that what is known of a value it shares with another object counts.
   */
  root(definition: string): Root {
    const name = `${definition}@`;
    // Only what was never compiled needs the shape itself.
    if (this.#pack.get(name) === undefined) this.#split(definition);
    const { links } = this.#pack.get(name) ?? this.#compile(name, []);
    const parts = links.map((link): readonly [string, string] => [link.slice(name.length), link]);
    return { validate: this.get(name), parts };
  }

  /** Shapes for an object without its larger fields, and for each of these. */
  #split(definition: string): void {
    const { shape, dialect } = this.#find(definition);
    const struct = follow(shape, (name) => this.shape(name));
    const fields: Record<string, Shape> = {};
    const links: string[] = [];
    for (const [field, inner] of Object.entries(struct.is === 'struct' ? struct.fields : {})) {
      const isPart = inner.is !== 'scalar' && inner.is !== 'any';
      fields[field] = isPart ? ANY : inner;
      if (!isPart) continue;
      const name = `${definition}@${field}`;
      links.push(name);
      this.#extra.set(name, { shape: inner, dialect });
    }
    const outer = struct.is === 'struct' ? { ...struct, fields } : shape;
    this.#extra.set(`${definition}@`, { shape: outer, dialect });
    this.#compile(`${definition}@`, links.sort());
  }

  /** The shape of a field of an object, for messages. */
  partShape(definition: string, field: string): Shape {
    const struct = follow(this.shape(definition), (name) => this.shape(name));
    return struct.is === 'struct' ? (struct.fields[field] ?? ANY) : ANY;
  }

  #find(name: string): Found {
    const extra = this.#extra.get(name);
    if (extra !== undefined) return extra;
    const { own, kubernetes } = this.#scope;
    const shape = own.shape(name);
    if (shape !== undefined) return { shape, dialect: kubernetes === undefined ? BUILT_IN : CUSTOM };
    const standard = kubernetes?.shape(name);
    if (standard === undefined) throw new TypeError(`no definition is called ${name}`);
    return { shape: standard, dialect: BUILT_IN };
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
    const { links, factory } = this.#pack.get(name) ?? this.#compileOne(name);
    for (const target of links) this.#define(target);
    return factory(runtime, fault, faults, this.#link, load);
  }

  #compileOne(name: string): Compiled<Factory> {
    const part = name.indexOf('@');
    if (part > 0 && !this.#extra.has(name)) this.#split(name.slice(0, part));
    return this.#compile(name, [...new Set(references(this.shape(name)))].sort());
  }

  #compile(name: string, links: readonly string[]): Compiled<Factory> {
    const { shape, dialect } = this.#find(name);
    const body = compile(ajvSchema(shape, dialect, (target) => this.shape(target)));
    return this.#pack.add(name, links, PARAMETERS, body);
  }
}

/** From here on a list of faults only grows by this one: it says that there are more. */
const MOST = 2000;
const MORE: Fault = { instancePath: '', schemaPath: '', keyword: '', params: {} };

/** Adds what ajv found to what it found before. */
function fault(
  found: Fault[] | null,
  instancePath: string,
  schemaPath: string,
  keyword: string,
  params: Readonly<Record<string, unknown>>,
): Fault[] {
  if (found === null) return [{ instancePath, schemaPath, keyword, params }];
  found.push(found.length < MOST ? { instancePath, schemaPath, keyword, params } : MORE);
  return found;
}

/** Adds what another function found. */
function faults(found: Fault[] | null, others: Fault[]): Fault[] {
  if (found === null) return others;
  for (const other of others) found.push(found.length < MOST ? other : MORE);
  return found;
}

/** What ajv's generated code asks for by name. */
function load(name: string): unknown {
  if (name === 'ajv/dist/runtime/ucs2length') return { default: runtime.lengthOf };
  if (name === 'ajv/dist/runtime/equal') return { default: runtime.equal };
  throw new TypeError(`compiled code asks for ${name}`);
}
