import type { Mapping, Value } from '../core/value.ts';
import { isMapping, isSequence } from '../core/value.ts';
import { ANY, type Limits, SCALARS, type Scalar, type Shape } from './shape.ts';

/**
 * Shapes as the files in `schemas/` write them: `string`, `[#core.v1.Container] by name`, `{quantity}`,
 * `[string] set`, `any`, `int32?` (nullable), `#bool|#x` (whichever fits). What has fields or limits is a mapping:
 * `{ "fields": {…}, "required": […] }`, `{ "type": "string", "enum": […] }`.
 */
export function writeShape(shape: Shape): Value {
  const extra: Record<string, Value> = { ...shape.limits };
  if (shape.default !== undefined) extra.default = shape.default;
  if (shape.loose === true) extra.loose = true;
  if (shape.rules !== undefined) extra.rules = shape.rules;
  if (shape.is === 'struct') {
    const fields: Record<string, Value> = {};
    for (const name of Object.keys(shape.fields).sort()) fields[name] = writeShape(shape.fields[name]!);
    return {
      fields,
      ...(shape.required.length > 0 ? { required: [...shape.required].sort() } : {}),
      ...(shape.open === true ? { open: true } : {}),
      ...(shape.nullable === true ? { nullable: true } : {}),
      ...extra,
    };
  }
  const type = typeOf(shape);
  if (type !== undefined) return Object.keys(extra).length === 0 ? type : { type, ...extra };
  const mark = shape.nullable === true ? { nullable: true } : {};
  if (shape.is === 'list') {
    const unique = shape.keys !== undefined ? { by: shape.keys } : shape.set === true ? { set: true } : {};
    return { items: writeShape(shape.items), ...unique, ...mark, ...extra };
  }
  if (shape.is === 'map') return { values: writeShape(shape.values), ...mark, ...extra };
  throw new TypeError(`no notation for ${shape.is}`);
}

function typeOf(shape: Shape): string | undefined {
  const mark = shape.nullable === true ? '?' : '';
  switch (shape.is) {
    case 'scalar':
      return shape.scalar + mark;
    case 'any':
      return `any${mark}`;
    case 'ref':
      return `#${shape.name}${mark}`;
    case 'either':
      return shape.options.map((option) => typeOf(option)).join('|');
    case 'list': {
      const items = plainTypeOf(shape.items);
      if (items === undefined) return undefined;
      const unique =
        shape.keys !== undefined ? ` by ${shape.keys.join(',')}` : shape.set === true ? ' set' : '';
      return `[${items}]${mark}${unique}`;
    }
    case 'map': {
      const values = plainTypeOf(shape.values);
      return values === undefined ? undefined : `{${values}}${mark}`;
    }
    case 'struct':
      return undefined;
  }
}

function plainTypeOf(shape: Shape): string | undefined {
  const plain =
    shape.limits === undefined &&
    shape.default === undefined &&
    shape.loose === undefined &&
    shape.rules === undefined;
  return plain ? typeOf(shape) : undefined;
}

/** @throws TypeError for what is no shape */
export function readShape(written: Value | undefined): Shape {
  if (typeof written === 'string') return readType(written);
  if (!isMapping(written)) throw new TypeError(`${JSON.stringify(written)} is no shape`);
  const {
    type,
    fields,
    values,
    items,
    by,
    set,
    required,
    open,
    nullable,
    default: standard,
    loose,
    rules,
    ...limits
  } = written;
  const common = {
    ...(nullable === true ? { nullable: true } : {}),
    ...(standard !== undefined ? { default: standard } : {}),
    ...(loose === true ? { loose } : {}),
    ...(isSequence(rules) ? { rules } : {}),
    ...(Object.keys(limits).length > 0 ? { limits: limits as Limits } : {}),
  };
  if (isMapping(fields))
    return {
      is: 'struct',
      fields: readFields(fields),
      required: strings(required),
      ...(open === true ? { open } : {}),
      ...common,
    };
  if (items !== undefined)
    return {
      is: 'list',
      items: readShape(items),
      ...(by !== undefined ? { keys: strings(by) } : {}),
      ...(set === true ? { set } : {}),
      ...common,
    };
  if (values !== undefined) return { is: 'map', values: readShape(values), ...common };
  if (typeof type !== 'string') throw new TypeError('a shape has a type, fields, items or values');
  return { ...readType(type), ...common };
}

function readFields(written: Mapping): Record<string, Shape> {
  const fields: Record<string, Shape> = Object.create(null);
  for (const name of Object.keys(written)) fields[name] = readShape(written[name]);
  return fields;
}

function strings(value: Value | undefined): readonly string[] {
  if (value === undefined) return [];
  if (!Array.isArray(value) || !value.every((item) => typeof item === 'string'))
    throw new TypeError('expected a list of names');
  return value;
}

const known = new Map<string, Shape>([
  ['any', ANY],
  ...SCALARS.map((scalar): [string, Shape] => [scalar, Object.freeze({ is: 'scalar', scalar })]),
]);
const isScalar = (text: string): text is Scalar => (SCALARS as readonly string[]).includes(text);

function readType(text: string): Shape {
  let shape = known.get(text);
  if (shape === undefined) {
    shape = Object.freeze(parseType(text));
    known.set(text, shape);
  }
  return shape;
}

function parseType(text: string): Shape {
  if (text.startsWith('[')) {
    const close = text.lastIndexOf(']');
    const [mark, rest] = splitMark(text.slice(close + 1));
    const items = readType(text.slice(1, close));
    const keys = rest.startsWith(' by ') ? { keys: rest.slice(4).split(',') } : {};
    return { is: 'list', items, ...keys, ...(rest === ' set' ? { set: true } : {}), ...mark };
  }
  if (text.startsWith('{')) {
    const close = text.lastIndexOf('}');
    return { is: 'map', values: readType(text.slice(1, close)), ...splitMark(text.slice(close + 1))[0] };
  }
  if (text.includes('|')) return { is: 'either', options: text.split('|').map(readType) };
  const nullable = text.endsWith('?');
  const base = nullable ? text.slice(0, -1) : text;
  const mark = nullable ? { nullable } : {};
  if (base.startsWith('#')) return { is: 'ref', name: base.slice(1), ...mark };
  if (base === 'any') return { is: 'any', ...mark };
  if (isScalar(base)) return { is: 'scalar', scalar: base, ...mark };
  throw new TypeError(`"${text}" is no type`);
}

function splitMark(rest: string): readonly [{ readonly nullable?: true }, string] {
  return rest.startsWith('?') ? [{ nullable: true }, rest.slice(1)] : [{}, rest];
}
