import type { CodeKeywordDefinition, KeywordCxt, KeywordErrorDefinition, Name } from 'ajv';
import type { Code } from 'ajv/dist/compile/codegen/index.js';
import { regExpOf } from './pattern.ts';

/** What of ajv the keywords are written with; it comes late, since a run that compiles nothing does not load ajv. */
export interface Codegen {
  readonly _: (
    strings: TemplateStringsArray,
    ...args: (string | number | boolean | Code | Name | null)[]
  ) => Code;
  readonly nil: Code;
  /** Text that is code as it stands. */
  readonly raw: (text: string) => Code;
  readonly callValidateCode: (cxt: KeywordCxt, func: Code, context: Code) => Code;
}

/** Kubernetes' words for ajv. The generated code calls `runtime` and `link`, which whoever loads it provides. */
export function keywords({ _, nil, raw, callValidateCode }: Codegen): CodeKeywordDefinition[] {
  /** A function of `runtime`, as a constant of the generated code. */
  const call = (cxt: KeywordCxt, name: string): Name =>
    cxt.gen.scopeValue('func', { key: name, ref: name, code: _`runtime.${raw(name)}` });
  const located: KeywordErrorDefinition = {
    message: '',
    params: ({ params }) => _`{at: ${params.at ?? nil}}`,
  };

  return [
    {
      // A field that may be null as well as what its schema says.
      keyword: 'orNull',
      schemaType: ['object', 'boolean'],
      code(cxt) {
        cxt.gen.if(_`${cxt.data} !== null`, () => {
          cxt.subschema({ keyword: 'orNull' }, cxt.gen.name('valid'));
        });
      },
    },
    {
      // The fields of an object; any other is an error unless `open` stands beside it.
      keyword: 'fields',
      type: 'object',
      schemaType: 'object',
      error: located,
      code(cxt) {
        const { gen, data, schema, parentSchema } = cxt;
        const names = Object.keys(schema as object);
        gen.forIn('key', data, (key) => {
          const unknown = () => {
            if (parentSchema.open === true) return;
            cxt.setParams({ at: key as unknown as Code });
            cxt.error();
          };
          if (names.length === 0) {
            unknown();
            return;
          }
          for (const [index, name] of names.entries()) {
            const is = _`${key} === ${name}`;
            if (index === 0) gen.if(is);
            else gen.elseIf(is);
            const field = (schema as Record<string, unknown>)[name];
            if (field !== true)
              cxt.subschema({ keyword: 'fields', schemaProp: name, dataProp: name }, gen.name('valid'));
          }
          gen.else();
          unknown();
          gen.endIf();
        });
        // In a branch of a union: a field that is absent has its default by the time the server looks.
        const standards = parentSchema.standards as Record<string, unknown> | undefined;
        for (const name of Object.keys(standards ?? {})) {
          gen.if(_`${data}[${name}] == null`, () => {
            const standard = gen.const('standard', raw(JSON.stringify(standards?.[name])));
            const subschema = {
              keyword: 'fields',
              schemaProp: name,
              data: standard,
              dataTypes: [],
            };
            cxt.subschema(subschema, gen.name('valid'));
          });
        }
      },
    },
    { keyword: 'open', schemaType: 'boolean', code() {} },
    { keyword: 'standards', schemaType: 'object', code() {} },
    {
      // How many fields are there; null is absent.
      keyword: 'fieldCount',
      type: 'object',
      schemaType: 'object',
      error: { message: '', params: _`{}` },
      code(cxt) {
        const { gen, data, schema } = cxt;
        const { least, most } = schema as { readonly least?: number; readonly most?: number };
        const count = gen.let('count', 0);
        gen.forIn('key', data, (key) => {
          gen.if(_`${data}[${key}] !== null`, () => gen.assign(count, _`${count} + 1`));
        });
        if (least !== undefined) cxt.fail(_`${count} < ${least}`);
        if (most !== undefined) cxt.fail(_`${count} > ${most}`);
      },
    },
    {
      // The values of a mapping whose keys are free.
      keyword: 'values',
      type: 'object',
      schemaType: ['object', 'boolean'],
      code(cxt) {
        const { gen, data } = cxt;
        gen.forIn('key', data, (key) => {
          cxt.subschema({ keyword: 'values', dataProp: key, dataPropType: 1 }, gen.name('valid'));
        });
      },
    },
    {
      // Fields that must be there; null is absent.
      keyword: 'present',
      type: 'object',
      schemaType: 'array',
      error: located,
      code(cxt) {
        const { gen, data, schema } = cxt;
        for (const name of schema as readonly string[]) {
          gen.if(_`${data}[${name}] == null`, () => {
            cxt.setParams({ at: _`${name}` });
            cxt.error();
          });
        }
      },
    },
    {
      // Fields that must be there, of which these may be null.
      keyword: 'presentOrNull',
      type: 'object',
      schemaType: 'array',
      error: located,
      code(cxt) {
        const { gen, data, schema } = cxt;
        for (const name of schema as readonly string[]) {
          gen.if(_`${data}[${name}] === undefined`, () => {
            cxt.setParams({ at: _`${name}` });
            cxt.error();
          });
        }
      },
    },
    {
      keyword: 'scalar',
      schemaType: 'string',
      code(cxt) {
        const { data, schema } = cxt;
        const int32 = _`typeof ${data} === "number" && ${data} % 1 === 0 && ${data} >= -2147483648 && ${data} <= 2147483647`;
        switch (schema as string) {
          case 'string':
            return cxt.fail(_`typeof ${data} !== "string"`);
          case 'bool':
            return cxt.fail(_`typeof ${data} !== "boolean"`);
          case 'number':
            return cxt.fail(_`typeof ${data} !== "number" && typeof ${data} !== "bigint"`);
          case 'int32':
            return cxt.fail(_`!(${int32})`);
          case 'int-or-string':
            return cxt.fail(_`typeof ${data} !== "string" && !(${int32})`);
          case 'int64-or-string':
            return cxt.fail(
              _`typeof ${data} !== "string" && !(${int32}) && !${call(cxt, 'isInt64')}(${data})`,
            );
          case 'int':
          case 'int64':
            return cxt.fail(_`!(${int32}) && !${call(cxt, 'isInt64')}(${data})`);
          case 'quantity':
            return cxt.fail(
              _`typeof ${data} === "string" ? !${call(cxt, 'isQuantity')}(${data}) : typeof ${data} !== "number" && typeof ${data} !== "bigint"`,
            );
          case 'bytes':
            return cxt.fail(
              _`typeof ${data} === "string" ? !${call(cxt, 'isBase64')}(${data}) : !${call(cxt, 'isByteList')}(${data})`,
            );
          case 'date-time':
            return cxt.fail(_`!(typeof ${data} === "string" && ${call(cxt, 'isTime')}(${data}))`);
          case 'micro-time':
            return cxt.fail(_`!(typeof ${data} === "string" && ${call(cxt, 'isMicroTime')}(${data}))`);
          default:
            throw new TypeError(`no scalar ${String(schema)}`);
        }
      },
    },
    {
      // Another definition, compiled on its own.
      keyword: 'link',
      schemaType: 'string',
      code(cxt) {
        const { gen, schema } = cxt;
        const target = _`link[${schema as string}]`;
        const errors = raw('errors');
        const found = raw('vErrors');
        cxt.result(callValidateCode(cxt, target, nil), undefined, () => {
          gen.code(_`${found} = ${raw('faults')}(${found}, ${target}.errors)`);
          gen.code(_`${errors} = ${found}.length`);
        });
      },
    },
    {
      // The first of several that is for the kind of value at hand.
      keyword: 'either',
      schemaType: 'array',
      code(cxt) {
        const { gen, data, schema } = cxt;
        const options = schema as readonly { readonly for: string }[];
        const kinds: Readonly<Record<string, Code>> = {
          object: _`typeof ${data} === "object" && !Array.isArray(${data})`,
          array: _`Array.isArray(${data})`,
          boolean: _`typeof ${data} === "boolean"`,
        };
        let first = true;
        for (const [index, option] of options.entries()) {
          const is = kinds[option.for];
          if (is === undefined) continue;
          if (first) gen.if(is);
          else gen.elseIf(is);
          first = false;
          cxt.subschema({ keyword: 'either', schemaProp: index }, gen.name('valid'));
        }
        if (!options.some((option) => option.for === 'any')) {
          gen.else();
          cxt.error();
        }
        gen.endIf();
      },
    },
    { keyword: 'for', schemaType: 'string', code() {} },
    {
      // A list whose items differ in these fields (`by`, with the fields' defaults), or at all (`true`).
      keyword: 'unique',
      type: 'array',
      schemaType: ['object', 'boolean'],
      error: {
        message: '',
        params: ({ params }) => _`{at: ${params.at as Code}, first: ${params.first as Code}}`,
      },
      code(cxt) {
        const { gen, data, schema } = cxt;
        const by = schema as { readonly by: readonly string[]; readonly defaults: object } | true;
        const found =
          by === true
            ? _`${call(cxt, 'duplicatesInSet')}(${data})`
            : _`${call(cxt, 'duplicatesByKeys')}(${data}, ${raw(JSON.stringify(by.by))}, ${raw(JSON.stringify(by.defaults))})`;
        gen.forOf('pair', found, (pair) => {
          cxt.setParams({ at: _`${pair}[0]`, first: _`${pair}[1]` });
          cxt.error();
        });
      },
    },
    {
      // A pattern as Go reads it.
      keyword: 'matches',
      type: 'string',
      schemaType: 'string',
      code(cxt) {
        const { gen, data, schema } = cxt;
        const expression = regExpOf(schema as string);
        // What JavaScript cannot express is left unchecked: better silent than wrong.
        if (expression === undefined) return;
        const pattern = gen.scopeValue('pattern', {
          key: schema as string,
          ref: { pattern: schema as string },
          code: _`new RegExp(${expression.source}, ${expression.flags})`,
        });
        cxt.fail(_`!${pattern}.test(${data})`);
      },
    },
    {
      keyword: 'formatted',
      schemaType: 'string',
      code(cxt) {
        const { gen, data, schema } = cxt;
        const check = gen.scopeValue('formats', {
          key: schema as string,
          ref: { format: schema as string },
          code: _`runtime.formatOf(${schema as string})`,
        });
        cxt.fail(_`!${check}(${data})`);
      },
    },
  ] satisfies CodeKeywordDefinition[];
}
