import { isMapping, type Value } from '../core/value.ts';
import type { Pair, Source } from '../yaml/node.ts';
import type { MergeSchema, MergeSchemas } from './merge-schema.ts';
import { mergeSchemaOf } from './merge-schema-custom.ts';

const commented = new WeakMap<Source, boolean>();

/**
 * The schema that a comment gives a field: JSON behind the key, behind a value on the same line, or alone on the line
 * above. kyaml takes it before any other.
 */
export function commentSchema(pair: Pair | undefined, schemas: MergeSchemas): MergeSchema | undefined {
  if (pair === undefined || pair.value.kind === 'scalar') return undefined;
  const { source } = pair.key.place;
  if (!hasComments(source)) return undefined;
  for (const comment of commentsOf(pair)) {
    if (comment === undefined) continue;
    const schema = parse(comment);
    return isMapping(schema) && Object.keys(schema).length > 0
      ? mergeSchemaOf(schema, (name) => schemas.definition(name))
      : undefined;
  }
  return undefined;
}

function hasComments(source: Source): boolean {
  let found = commented.get(source);
  if (found === undefined) {
    found = /#[ \t]*\{/.test(source.text);
    commented.set(source, found);
  }
  return found;
}

function* commentsOf({ key, value }: Pair): Iterable<string | undefined> {
  const { source } = key.place;
  if (value.place.source === source) yield lineComment(source.text, value.place.end);
  yield lineComment(source.text, key.place.end, /^[ \t]*:[ \t]*#+(.*)/);
  const lineStart = source.text.lastIndexOf('\n', key.place.start - 1) + 1;
  const above = source.text.slice(
    source.text.lastIndexOf('\n', lineStart - 2) + 1,
    Math.max(lineStart - 1, 0),
  );
  yield /^[ \t]*#+(.*)$/.exec(above)?.[1];
}

function lineComment(text: string, from: number, pattern = /^[ \t]+#+(.*)/): string | undefined {
  const end = text.indexOf('\n', from);
  return pattern.exec(text.slice(from, end < 0 ? undefined : end))?.[1];
}

function parse(text: string): Value | undefined {
  try {
    return JSON.parse(text) as Value;
  } catch {
    return undefined;
  }
}
