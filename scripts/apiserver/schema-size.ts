import { isMapping, type Mapping } from '../core/value.ts';
import { integer, list, mapping, text } from './read.ts';

/** The server takes no larger request, so nothing in an object is larger. */
export const REQUEST_BYTES = 3 * 1024 * 1024;

/** How many items or characters a value of that schema may have in one request. */
export function sizeOf(schema: Mapping): number {
  switch (schema.type) {
    case 'array': {
      const items = mapping(schema, 'items');
      return (
        integer(schema, 'maxItems') ??
        Math.floor((REQUEST_BYTES - 2) / ((items === undefined ? 1 : leastBytes(items)) + 1))
      );
    }
    case 'object': {
      const values = mapping(schema, 'additionalProperties');
      if (values === undefined) return 0;
      return integer(schema, 'maxProperties') ?? Math.floor((REQUEST_BYTES - 2) / (leastBytes(values) + 6));
    }
    case 'string':
      return textSize(schema);
    default:
      return 0;
  }
}

function textSize(schema: Mapping): number {
  const most = integer(schema, 'maxLength');
  // Bytes, of which a character has up to four.
  if (most !== undefined) return most * 4;
  const allowed = list(schema, 'enum').filter((one) => typeof one === 'string');
  if (allowed.length > 0) return Math.max(...allowed.map((one) => one.length));
  const format = text(schema, 'format');
  if (format === 'date') return 10;
  if (format === 'date-time' || format === 'duration') return 32;
  return REQUEST_BYTES - 2;
}

/** The shortest JSON that a value of that schema can be. */
export function leastBytes(schema: Mapping): number {
  switch (schema.type) {
    case 'string':
      return 2;
    case 'boolean':
      return 4;
    case 'object': {
      let bytes = 2;
      const properties = mapping(schema, 'properties') ?? {};
      for (const name of list(schema, 'required')) {
        const property = typeof name === 'string' ? properties[name] : undefined;
        if (isMapping(property) && property.default === undefined)
          bytes += String(name).length + leastBytes(property) + 4;
      }
      return bytes;
    }
    case 'array':
      return 2;
    default:
      return 1;
  }
}
