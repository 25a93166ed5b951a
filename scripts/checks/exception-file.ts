import { Failure } from '../core/failure.ts';
import { mapping, mappings, text } from '../core/fields.ts';
import { type Path, toFieldPath } from '../core/path.ts';
import { groupOf, type Resource } from '../core/resource.ts';
import type { Mapping } from '../core/value.ts';
import { type Exception, type ExceptionFile, readDate } from './exceptions.ts';

const FIELDS = ['rule', 'container', 'kind', 'group', 'namespace', 'name', 'reason', 'until'];

/**
 * The exceptions of `policies/exceptions.yaml`: for objects that others wrote, which cannot carry an annotation of
 * ours. A key that is not known is a Failure, since a misspelled exception would match more than was meant.
 */
export function exceptionFile(file: Resource): ExceptionFile {
  for (const key in file.manifest) {
    if (key !== 'exceptions') {
      const origin = file.keyOriginOf([key]);
      throw new Failure(`Field "${key}" is not known, expected "exceptions"`, { origin });
    }
  }
  const { exceptions } = file.manifest;
  if (exceptions !== undefined && exceptions !== null && !Array.isArray(exceptions)) {
    const origin = file.originsOf(['exceptions'])[0];
    throw new Failure('Field "exceptions" is no list, expected one of exceptions', { origin });
  }
  const rows = mappings(exceptions).map(([index, row]) => readRow(file, index, row));
  return {
    all: rows.map(({ exception }) => exception),
    of: (resource, namespace) =>
      rows
        .filter(
          ({ row }) =>
            row.kind === resource.id.kind &&
            (row.name === undefined || row.name === resource.id.name) &&
            (row.group === undefined || row.group === groupOf(resource.id.apiVersion)) &&
            (row.namespace === undefined || row.namespace === namespace),
        )
        .map(({ exception }) => exception),
  };
}

function readRow(file: Resource, index: number, row: Mapping): { row: Mapping; exception: Exception } {
  const at: Path = ['exceptions', index];
  const fail = (path: Path, message: string): never => {
    throw new Failure(`Field "${toFieldPath(path)}" ${message}`, { origin: file.originsOf(path)[0] });
  };
  for (const key in row) {
    if (!FIELDS.includes(key)) fail([...at, key], `is not known, expected one of ${FIELDS.join(', ')}`);
  }
  for (const key of ['rule', 'kind'] as const) {
    if (text(row[key]) === undefined) fail([...at, key], 'is required');
  }
  const until = row.until === undefined ? undefined : readDate(text(row.until) ?? '');
  return {
    row: mapping(row),
    exception: {
      rule: text(row.rule) ?? '',
      container: text(row.container),
      reason: text(row.reason)?.trim() ?? '',
      until,
      writtenOn: file,
      at,
    },
  };
}
