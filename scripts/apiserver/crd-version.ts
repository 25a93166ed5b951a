import { isMapping, type Mapping } from '../core/value.ts';
import type { Field } from './field.ts';
import { needText, unique } from './fields.ts';
import { each, inside, list, mapping, text, textOf } from './read.ts';

const COLUMN_TYPES = ['boolean', 'date', 'integer', 'number', 'string'];
const COLUMN_FORMATS = ['byte', 'date', 'date-time', 'double', 'float', 'int32', 'int64', 'password'];

/** `additionalPrinterColumns`. */
export function checkColumns(version: Mapping, at: Field): void {
  each(version, 'additionalPrinterColumns', at, (column, place) => {
    needText(column, 'name', 'a name', place);
    const type = text(column, 'type') ?? '';
    if (needText(column, 'type', `one of ${COLUMN_TYPES.join(', ')}`, place) && !COLUMN_TYPES.includes(type))
      place.at('type').unsupported(type, COLUMN_TYPES);
    const format = text(column, 'format') ?? '';
    if (format !== '' && !COLUMN_FORMATS.includes(format))
      place.at('format').unsupported(format, COLUMN_FORMATS);
    // The server's name of the field within.
    checkPath(column, 'jsonPath', place.alias('JSONPath', 'jsonPath'), '.');
  });
}

function checkPath(map: Mapping, key: string, at: Field, ...starts: readonly string[]): void {
  const path = textOf(map[key] ?? null);
  if (path === undefined) return;
  if (path === '') at.required('a simple path such as ".spec.replicas"');
  else if (!path.startsWith('.')) at.invalid(path, 'a simple path that begins with "."');
  else if (!starts.some((start) => path.startsWith(start)))
    at.invalid(path, `a path below ${starts.join(' or ')}`);
}

/** `subresources.scale`. */
export function checkScale(version: Mapping, at: Field): void {
  inside(version, 'subresources', at, (subresources, place) =>
    inside(subresources, 'scale', place, (scale, here) => {
      checkPath(scale, 'specReplicasPath', here.at('specReplicasPath'), '.spec.');
      checkPath(scale, 'statusReplicasPath', here.at('statusReplicasPath'), '.status.');
      if ((text(scale, 'labelSelectorPath') ?? '') !== '')
        checkPath(scale, 'labelSelectorPath', here.at('labelSelectorPath'), '.spec.', '.status.');
    }),
  );
}

const MOST_SELECTABLE = 8;

/** `selectableFields`. */
export function checkSelectable(version: Mapping, schema: Mapping | undefined, at: Field): void {
  const fields = list(version, 'selectableFields');
  if (fields.length === 0) return;
  const place = at.at('selectableFields');
  if (schema === undefined) {
    place.refuse('selectableFields are set, expected a schema that has them');
    return;
  }
  if (fields.length > MOST_SELECTABLE) place.tooLong(fields.length, MOST_SELECTABLE, 'items');
  each(version, 'selectableFields', at, (field, one) => {
    const path = textOf(field.jsonPath ?? null);
    if (path === undefined) return;
    if (path === '') one.at('jsonPath').required('the path of a field');
    else if (!isSelectable(schema, path))
      one
        .at('jsonPath')
        .invalid(path, 'the path of a string, boolean or integer of the schema, such as ".spec.color"');
  });
  unique(
    fields.map((field) => (isMapping(field) ? textOf(field.jsonPath) : undefined)),
    (index) => place.at(index).at('jsonPath'),
  );
}

function isSelectable(schema: Mapping, path: string): boolean {
  const steps = stepsOf(path);
  if (steps === undefined || steps[0] === 'metadata') return false;
  const found = partAt(schema, steps);
  return found !== undefined && ['string', 'boolean', 'integer'].includes(text(found, 'type') ?? '');
}

/** `.a.b` and `.a['b']` as their steps; undefined where it is neither. */
export function stepsOf(path: string): readonly string[] | undefined {
  if (!/^(?:\.[A-Za-z_][\w-]*|\['[^']+'\])+$/.test(path)) return undefined;
  return Array.from(
    path.matchAll(/\.([A-Za-z_][\w-]*)|\['([^']+)'\]/g),
    (match) => match[1] ?? match[2] ?? '',
  );
}

/** The schema of a field, by its names. */
export function partAt(schema: Mapping, steps: readonly string[]): Mapping | undefined {
  let part: Mapping | undefined = schema;
  for (const step of steps) {
    const { additionalProperties }: Mapping = part;
    part =
      mapping(mapping(part, 'properties') ?? {}, step) ??
      (isMapping(additionalProperties) ? additionalProperties : undefined);
    if (part === undefined) return undefined;
  }
  return part;
}
