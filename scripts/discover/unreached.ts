import { type Finding, findingOf } from '../core/finding.ts';
import { unreachedFile } from './rules.ts';

const FOLDERS = ['base', 'overlays', 'clusters'];
const MANIFEST = /\.(ya?ml|json)$|^Kustomization$/;

/** Lists a folder that is named from the root; nothing where there is none. */
type List = (dir: string) => { readonly files: readonly string[]; readonly folders: readonly string[] };

/** Files that look like desired state and that no cluster's build has read. `cluster.yaml` is ours, not Argo CD's. */
export function findUnreached(list: List, read: ReadonlySet<string>): readonly Finding[] {
  return FOLDERS.flatMap((folder) => manifestsBelow(list, folder))
    .filter((file) => !read.has(file) && !/^clusters\/[^/]+\/cluster\.yaml$/.test(file))
    .map((file) =>
      findingOf(unreachedFile, {
        message: `No cluster reaches "${file}", expected a kustomization or an Application that names it`,
        origin: { file, line: 1, column: 1, endLine: 1, endColumn: 1 },
        clusters: [],
      }),
    );
}

/** Lists all folders that `findUnreached` will ask for, by a `list` that remembers them. */
export function listSources(list: List): void {
  for (const folder of FOLDERS) manifestsBelow(list, folder);
}

function manifestsBelow(list: List, dir: string): readonly string[] {
  const { files, folders } = list(dir);
  return [
    ...files.filter((name) => MANIFEST.test(name)).map((name) => `${dir}/${name}`),
    ...folders.flatMap((name) => manifestsBelow(list, `${dir}/${name}`)),
  ];
}
