import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseAllDocuments } from 'yaml';
import type { Floor } from './options.ts';

/** The least that a tool of this kind can do: reads every source below a folder, and for `yaml` parses it once. */
export function doFloor(floor: Floor, dir: string): number {
  const texts = ['base', 'overlays', 'clusters'].flatMap((folder) => readSources(join(dir, folder)));
  if (floor === 'yaml') for (const text of texts) parseAllDocuments(text);
  return texts.length;
}

function readSources(dir: string): readonly string[] {
  return readdirSync(dir, { withFileTypes: true }).flatMap((entry) => {
    const path = join(dir, entry.name);
    return entry.isDirectory() ? readSources(path) : [readFileSync(path, 'utf8')];
  });
}
