import { isMapping, type Mapping } from '../core/value.ts';
import type { Field } from './field.ts';
import { flag, has, list, mapping, text, textOf } from './read.ts';

const LIST_TYPE = 'x-kubernetes-list-type';
const KEYS = 'x-kubernetes-list-map-keys';
const MAP_TYPE = 'x-kubernetes-map-type';

/** `x-kubernetes-list-type` and the keys of a list that is a map. */
export function checkListType(schema: Mapping, at: Field): void {
  const type = text(schema, LIST_TYPE);
  const keys = list(schema, KEYS);
  if (type !== undefined) {
    checkOf(schema, 'array', LIST_TYPE, at);
    if (!['atomic', 'set', 'map'].includes(type))
      at.at(LIST_TYPE).unsupported(type, ['atomic', 'map', 'set']);
  }
  if (keys.length > 0 && type !== 'map') {
    if (type === undefined) at.at(LIST_TYPE).required(`map, beside ${KEYS}`);
    else at.at(LIST_TYPE).invalid(type, `map, beside ${KEYS}`);
  }
  const items = mapping(schema, 'items');
  if (type === 'set' && items !== undefined) checkSet(items, at.at('items'));
  if (type === 'map')
    checkMap(
      schema,
      items,
      keys.map((key) => textOf(key) ?? ''),
      at,
    );
}

function checkOf(schema: Mapping, wanted: string, word: string, at: Field): void {
  const type = schema.type ?? '';
  if (type === '') at.at('type').required(`${wanted}, beside ${word}`);
  else if (typeof type === 'string' && type !== wanted)
    at.at('type').invalid(type, `${wanted}, beside ${word}`);
}

function checkSet(items: Mapping, at: Field): void {
  if (flag(items, 'nullable') === true) at.at('nullable').forbidden('in a list that is a set');
  if (items.type === 'object' && text(items, MAP_TYPE) !== 'atomic')
    at.at(MAP_TYPE).invalid(items[MAP_TYPE], 'atomic, in a list that is a set');
  if (items.type === 'array' && (text(items, LIST_TYPE) ?? 'atomic') !== 'atomic')
    at.at(LIST_TYPE).invalid(items[LIST_TYPE], 'atomic, in a list that is a set');
}

function checkMap(schema: Mapping, items: Mapping | undefined, keys: readonly string[], at: Field): void {
  if (keys.length === 0) at.at(KEYS).required('at least one key, in a list that is a map');
  if (items === undefined) {
    if (!has(schema, 'items')) at.at('items').required('the schema of the items, in a list that is a map');
    return;
  }
  const place = at.at('items');
  if (items.type !== 'object') place.at('type').invalid(items.type, 'object, in a list that is a map');
  if (flag(items, 'nullable') === true) place.at('nullable').forbidden('in a list that is a map');
  if (new Set(keys).size < keys.length) at.at(KEYS).refuse(`${KEYS} holds a key twice, expected each once`);
  const properties = mapping(items, 'properties') ?? {};
  const required = list(items, 'required');
  keys.forEach((key) => {
    const property = properties[key];
    if (!isMapping(property)) {
      at.at(KEYS).invalid(key, 'the name of a field of the items');
      return;
    }
    const where = place.at('properties').at(key);
    if (property.type === 'array' || property.type === 'object')
      where.at('type').invalid(property.type, 'a scalar, since it is a key of the list');
    if (flag(property, 'nullable') === true) where.at('nullable').forbidden('of a key of the list');
    if (!has(property, 'default') && !required.includes(key))
      where.at('default').required('a default, or the key among the required fields');
  });
}

/** `x-kubernetes-map-type`. */
export function checkMapType(schema: Mapping, at: Field): void {
  const type = text(schema, MAP_TYPE);
  if (type === undefined) return;
  checkOf(schema, 'object', MAP_TYPE, at);
  if (type !== 'granular' && type !== 'atomic') at.at(MAP_TYPE).unsupported(type, ['atomic', 'granular']);
}
