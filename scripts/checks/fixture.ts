import type { Cluster } from '../core/cluster.ts';
import { Failure } from '../core/failure.ts';
import type { ClusterContents } from '../core/inventory.ts';
import type { Resource } from '../core/resource.ts';
import { isMapping } from '../core/value.ts';
import { parseDocuments } from '../yaml/parse.ts';
import { originOf } from '../yaml/place.ts';
import { toResource } from '../yaml/resource.ts';
import { valueOf } from '../yaml/value.ts';

/** What `pass.yaml` or `fail.yaml` says: the objects of one cluster or more, and what is expected of them. */
export interface Fixture {
  readonly clusters: readonly ClusterContents[];
  /** `12: message`, in order: the comments `# expect: message`, several a line where several are expected. */
  readonly expected: readonly string[];
}

const CLUSTER: Cluster = {
  name: 'fixture',
  region: 'fixture',
  kubernetesVersion: '1.36',
  zones: ['a', 'b', 'c'],
  load: { requestsPerSecond: 100 },
  externals: [],
  kindsWithoutSchema: [],
  dir: 'clusters/fixture',
};

/** A document of kind `Cluster` opens another cluster, with its facts in place of the usual ones. */
export function readFixture(file: string, content: string): Fixture {
  const clusters: { cluster: Cluster; resources: Resource[] }[] = [];
  for (const { root, problems } of parseDocuments({ file, text: content }, 'go-yaml-v3')) {
    for (const { message, place } of problems) throw new Failure(message, { origin: originOf(place) });
    if (root?.kind !== 'mapping') continue;
    const manifest = valueOf(root);
    if (!isMapping(manifest)) continue;
    if (manifest.kind === 'Cluster') {
      clusters.push({ cluster: { ...CLUSTER, ...manifest }, resources: [] });
      continue;
    }
    if (clusters.length === 0) clusters.push({ cluster: CLUSTER, resources: [] });
    clusters.at(-1)?.resources.push(toResource(root, manifest));
  }
  return { clusters, expected: expectationsIn(content) };
}

export function expectationsIn(content: string): readonly string[] {
  return content.split('\n').flatMap((line, index) =>
    line
      .split('# expect: ')
      .slice(1)
      .map((message) => `${index + 1}: ${message.trim()}`),
  );
}
