import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Failure } from '../core/failure.ts';
import type { Resource } from '../core/resource.ts';
import { isMapping } from '../core/value.ts';
import { parseDocuments } from '../yaml/parse.ts';
import { originOf } from '../yaml/place.ts';
import { toResource } from '../yaml/resource.ts';
import { valueOf } from '../yaml/value.ts';

/** One of our own files, with its places; undefined where it is not there. */
export function readDocument(root: string, file: string): Resource | undefined {
  const path = join(root, file);
  if (!existsSync(path)) return undefined;
  const document = parseDocuments({ file, text: readFileSync(path, 'utf8') }, 'go-yaml-v3')[0];
  const problem = document?.problems[0];
  if (problem !== undefined) throw new Failure(problem.message, { origin: originOf(problem.place) });
  if (document?.root?.kind !== 'mapping') throw new Failure(`"${file}" holds no mapping`);
  const manifest = valueOf(document.root);
  return isMapping(manifest) ? toResource(document.root, manifest) : undefined;
}
