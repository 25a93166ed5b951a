import { type Dirent, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { type Finding, findingOf } from '../core/finding.ts';
import { unreachedFile } from './rules.ts';

const FOLDERS = ['base', 'overlays', 'clusters'];
const MANIFEST = /\.(ya?ml|json)$|^Kustomization$/;

/** Files that look like desired state and that no cluster's build has read. `cluster.yaml` is ours, not Argo CD's. */
export function findUnreached(root: string, read: ReadonlySet<string>): readonly Finding[] {
  return FOLDERS.flatMap((folder) => manifestsBelow(root, folder))
    .filter((file) => !read.has(file) && !/^clusters\/[^/]+\/cluster\.yaml$/.test(file))
    .map((file) =>
      findingOf(unreachedFile, {
        message: `No cluster reaches "${file}", expected a kustomization or an Application that names it`,
        origin: { file, line: 1, column: 1, endLine: 1, endColumn: 1 },
        clusters: [],
      }),
    );
}

function manifestsBelow(root: string, dir: string): readonly string[] {
  let entries: readonly Dirent[];
  try {
    entries = readdirSync(join(root, dir), { withFileTypes: true });
  } catch {
    return [];
  }
  return entries.flatMap((entry) => {
    const path = `${dir}/${entry.name}`;
    if (entry.isDirectory()) return manifestsBelow(root, path);
    return MANIFEST.test(entry.name) ? [path] : [];
  });
}
