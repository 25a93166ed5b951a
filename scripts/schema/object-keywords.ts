import type { CodeKeywordDefinition, KeywordErrorDefinition } from 'ajv';
import type { Code } from 'ajv/dist/compile/codegen/index.js';
import { type Codegen, runtimeCall } from './codegen.ts';

/** What objects, mappings and lists hold. */
export function objectKeywords(codegen: Codegen): CodeKeywordDefinition[] {
  const { _, nil, raw } = codegen;
  const located: KeywordErrorDefinition = {
    message: '',
    params: ({ params }) => _`{at: ${params.at ?? nil}}`,
  };
  return [
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
            ? _`${runtimeCall(codegen, cxt, 'duplicatesInSet')}(${data})`
            : _`${runtimeCall(codegen, cxt, 'duplicatesByKeys')}(${data}, ${raw(JSON.stringify(by.by))}, ${raw(JSON.stringify(by.defaults))})`;
        gen.forOf('pair', found, (pair) => {
          cxt.setParams({ at: _`${pair}[0]`, first: _`${pair}[1]` });
          cxt.error();
        });
      },
    },
  ] satisfies CodeKeywordDefinition[];
}
