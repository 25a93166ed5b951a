import { createHash } from 'node:crypto';
import { createRequire } from 'node:module';
import type { Ajv as AjvClass } from 'ajv';
import type { Code } from 'ajv/dist/compile/codegen/code.js';
import type standalone from 'ajv/dist/standalone/index.js';
import { type AjvSchema, SCHEMA_CODE } from './jsonschema.ts';
import { type Codegen, keywords } from './keywords.ts';

/** A definition ready for ajv. */
export interface Compilable {
  readonly name: string;
  readonly schema: AjvSchema | true;
}

/**
 * JavaScript of a function of `runtime`, `link` and `require` for each definition, by name: an expression that
 * `loadCode` evaluates. `link` holds the functions of all definitions.
 */
export function compile(definitions: readonly Compilable[]): string {
  engine ??= startAjv();
  const { ajv, codeOf } = engine;
  const parts = definitions.map(({ name, schema }) => {
    const validate = ajv.compile(schema === true ? {} : { ...schema });
    const code = codeOf(ajv, validate);
    return `${JSON.stringify(name)}: (runtime, link, require) => {\nconst module = { exports: {} };\n${code}\nreturn module.exports;\n}`;
  });
  return `({\n${parts.join(',\n')}\n})`;
}

/** Differs when this compiler makes something else of the same definitions. */
export function compilerVersion(): string {
  version ??= createHash('sha256')
    .update([process.version, String(keywords), SCHEMA_CODE, String(compile), String(startAjv)].join('\n'))
    .digest('hex');
  return version;
}
let version: string | undefined;

interface Engine {
  readonly ajv: AjvClass;
  readonly codeOf: typeof standalone;
}
let engine: Engine | undefined;

/** ajv is loaded where something is compiled at all: a warm run does without. */
function startAjv(): Engine {
  const load = createRequire(import.meta.url);
  const { Ajv } = load('ajv') as typeof import('ajv');
  const codegen = load('ajv/dist/compile/codegen/code') as Pick<Codegen, '_' | 'nil'> & {
    readonly _Code: new (text: string) => Code;
  };
  const code = load('ajv/dist/vocabularies/code') as Pick<Codegen, 'callValidateCode'>;
  const { default: codeOf } = load('ajv/dist/standalone') as { readonly default: typeof standalone };
  const ajv = new Ajv({
    allErrors: true,
    messages: false,
    strict: false,
    validateSchema: false,
    addUsedSchema: false,
    meta: false,
    validateFormats: false,
    unicodeRegExp: true,
    inlineRefs: false,
    code: { source: true, lines: false },
  });
  for (const definition of keywords({
    _: codegen._,
    nil: codegen.nil,
    raw: (text) => new codegen._Code(text),
    callValidateCode: code.callValidateCode,
  }))
    ajv.addKeyword(definition);
  return { ajv, codeOf };
}
