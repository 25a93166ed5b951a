import { statSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { type ExitCode, runEntry } from './cli/entry.ts';
import { readRepository } from './cli/repository.ts';
import { Failure } from './core/failure.ts';
import type { Resource } from './core/resource.ts';
import { blame, formatBlame } from './kustomize/blame.ts';
import { createRenderer, type Renderer } from './kustomize/render.ts';

void runEntry(async ({ args, out, err }): Promise<ExitCode> => {
  const { positionals } = parseArgs({ args: [...args], allowPositionals: true });
  const [subject, object, ...more] = positionals;
  if (subject === undefined || more.length > 0)
    throw new Failure('Usage: npm run blame -- REGION|DIR [KIND/NAME]');
  const root = process.cwd();
  const renderer = createRenderer({ root });
  const resources = isFolder(subject)
    ? ofFolder(renderer, subject, err)
    : await ofRegion(renderer, root, subject);
  out(formatBlame(blame(object === undefined ? resources : selected(resources, object, subject))));
  return 0;
});

function isFolder(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isDirectory() === true;
}

function ofFolder(renderer: Renderer, dir: string, err: (text: string) => void): readonly Resource[] {
  const { resources, warnings } = renderer.render(dir);
  for (const warning of warnings) err(`${warning}\n`);
  return resources;
}

/** Everything that the region's cluster syncs. Loaded only here: a folder needs no knowledge of clusters. */
async function ofRegion(renderer: Renderer, root: string, name: string): Promise<readonly Resource[]> {
  const [{ readClusters }, { readClusterTree }] = await Promise.all([
    import('./discover/clusters.ts'),
    import('./discover/fleet.ts'),
  ]);
  const clusters = readClusters(root);
  const cluster = clusters.find((candidate) => candidate.name === name || candidate.region === name);
  if (cluster === undefined) {
    const known = clusters.map((candidate) => candidate.name).join(', ');
    throw new Failure(`"${name}" is neither a folder nor a region, expected a folder or one of ${known}`);
  }
  const tree = readClusterTree(cluster, { root, renderer, repository: readRepository(root).url });
  const [finding] = tree.findings;
  if (finding !== undefined) throw new Failure(finding.message, { origin: finding.origin });
  return tree.synced.flatMap(({ resources }) => resources);
}

function selected(resources: readonly Resource[], object: string, subject: string): readonly Resource[] {
  const [kind = '', name] = object.split('/');
  const found = resources.filter(
    ({ id }) => id.kind.toLowerCase() === kind.toLowerCase() && (name === undefined || id.name === name),
  );
  if (found.length === 0) {
    throw new Failure(`"${subject}" renders no "${object}", expected KIND/NAME of what it renders`);
  }
  return found;
}
