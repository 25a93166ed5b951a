import { isMapping, newMapping, type Value } from './value.ts';

/** What JSON.parse gives, as a manifest's values are: mappings without a prototype, all of it frozen. */
export function valueOfJson(json: Value): Value {
  if (Array.isArray(json)) return Object.freeze(json.map(valueOfJson));
  if (!isMapping(json)) return json;
  const mapping = newMapping();
  for (const key of Object.keys(json)) mapping[key] = valueOfJson(json[key]!);
  return Object.freeze(mapping);
}
