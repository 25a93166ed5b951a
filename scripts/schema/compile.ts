import { createHash } from 'node:crypto';
import { createRequire } from 'node:module';
import type { Ajv as AjvClass } from 'ajv';
import type { Code } from 'ajv/dist/compile/codegen/code.js';
import type standalone from 'ajv/dist/standalone/index.js';
import type { Codegen } from './codegen.ts';
import { type AjvSchema, SCHEMA_CODE } from './jsonschema.ts';
import { KEYWORD_CODE, keywords } from './keywords.ts';
import { PATTERN_CODE } from './pattern.ts';

/** The body of a function of `runtime`, `fault`, `link` and `require` that returns the validating function. */
export function compile(schema: AjvSchema | true): string {
  engine ??= startAjv();
  const { ajv, codeOf } = engine;
  return shorten(codeOf(ajv, ajv.compile(schema === true ? {} : { ...schema })));
}

/**
 * The same code in a third of the letters: what is loaded by every run should be short. ajv writes each report of a fault
 * out in full, and keeps the schemas that only its own later compilations would need.
 */
function shorten(code: string): string {
  const called = /^"use strict";module\.exports = (\w+);module\.exports\.default = \w+;/.exec(code);
  if (called === null) throw new TypeError(`ajv wrote unexpected code: ${code.slice(0, 80)}`);
  const body = code
    .slice(called[0].length)
    .replace(
      /const (err\d+) = \{instancePath(?::([^;]*?))?,schemaPath:("[^"]*"),keyword:("[^"]*"),params:(.*?)\};if\(vErrors === null\)\{vErrors = \[\1\];\}else \{vErrors\.push\(\1\);\}errors\+\+;/g,
      'vErrors=fault(vErrors,$2,$3,$4,$5);errors++;',
    )
    .replaceAll('fault(vErrors,,', 'fault(vErrors,instancePath,')
    .replace(/^const (schema\d+) = \{.*?\};(?=const |function )/, (text, name: string) =>
      code.split(name).length > 2 ? text : '',
    );
  return `${body}return ${called[1]}`;
}

/** Differs when this compiler makes something else of the same definitions. */
export function compilerVersion(): string {
  version ??= createHash('sha256')
    .update(
      [
        process.version,
        KEYWORD_CODE,
        SCHEMA_CODE,
        PATTERN_CODE,
        String(compile),
        String(shorten),
        String(startAjv),
      ].join('\n'),
    )
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
