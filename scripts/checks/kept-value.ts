import { entryOf } from '../core/entry.ts';
import { valueOfJson } from '../core/json-value.ts';
import { isMapping, isSequence, type Mapping, newMapping, type Value } from '../core/value.ts';

/*
 * Values as lines of text. What a value shares with its twin, the same field of an object of the same name, has a line of
 * its own: objects that differ in one field share the text of all the others, and the values that are read from it.
 */

export type Collection = Mapping | readonly Value[];

/** Starts the line of a value whose parts are the next lines, and stands in it for each of them. */
const COMPOSED = '@';
const PART = '\u0001';
const WRITTEN_PART = JSON.stringify(PART);

/** Of what is shared. */
const texts = new WeakMap<Collection, string>();

/** Throws where JSON cannot hold a number, or where a text would be taken for a part. */
export function addLines(lines: string[], value: Collection, twin: Value | undefined): void {
  const known = texts.get(value);
  if (known !== undefined || twin === value) {
    lines.push(known ?? textOf(value));
    return;
  }
  const parts: string[] = [];
  const text = composed(value, twin, parts);
  lines.push(parts.length === 0 ? text : COMPOSED + text, ...parts);
}

function textOf(value: Collection): string {
  return entryOf(texts, value, (each) => JSON.stringify(each));
}

/** The value's text, in which a mark stands for each part that its twin has too: those are added to `parts`. */
function composed(value: Collection, twin: Value | undefined, parts: string[]): string {
  if (isSequence(value)) {
    if (!isSequence(twin)) return written(value);
    return `[${value.map((item, index) => partOf(item, twin[index], parts)).join()}]`;
  }
  if (!isMapping(twin)) return written(value);
  let fields = '';
  for (const key in value) {
    const separator = fields === '' ? '' : ',';
    fields += `${separator}${entryOf(keys, key, asJson)}:${partOf(value[key]!, twin[key], parts)}`;
  }
  return `{${fields}}`;
}

function partOf(part: Value, twin: Value | undefined, parts: string[]): string {
  if (typeof part !== 'object' || part === null) return written(part);
  const collection = part as Collection;
  if (collection !== twin) return composed(collection, twin, parts);
  parts.push(textOf(collection));
  return WRITTEN_PART;
}

/** Of what shares nothing with its twin. */
function written(value: Value): string {
  const text = JSON.stringify(value);
  if (text.includes(WRITTEN_PART)) throw new RangeError('a text that stands for a part');
  return text;
}

const keys = new Map<string, string>();
const asJson = (key: string): string => JSON.stringify(key);

/** The value that the next lines hold. */
export function readLines(nextLine: () => string): Value {
  const line = nextLine();
  return line.startsWith(COMPOSED) ? withParts(JSON.parse(line.slice(1)), nextLine) : sharedValue(line);
}

function withParts(json: Value, nextLine: () => string): Value {
  if (json === PART) return sharedValue(nextLine());
  if (Array.isArray(json)) return Object.freeze(json.map((item) => withParts(item, nextLine)));
  if (!isMapping(json)) return json;
  const mapping = newMapping();
  for (const key of Object.keys(json)) mapping[key] = withParts(json[key]!, nextLine);
  return Object.freeze(mapping);
}

const values = new Map<string, Value>();

/** The same value for the same line, which clusters share as they did when it was rendered. */
function sharedValue(text: string): Value {
  return entryOf(values, text, (line) => valueOfJson(JSON.parse(line)));
}
