import { type Document, isCollection, isMap, isPair, LineCounter, parseAllDocuments } from 'yaml';
import type { Cluster } from '../core/cluster.ts';
import type { ClusterContents } from '../core/inventory.ts';
import type { Origin } from '../core/origin.ts';
import type { Path } from '../core/path.ts';
import type { Resource } from '../core/resource.ts';
import { isMapping, type Mapping, type Value } from '../core/value.ts';

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
  externals: [],
  kindsWithoutSchema: [],
  dir: 'clusters/fixture',
};

/** A document of kind `Cluster` opens another cluster, with its facts in place of the usual ones. */
export function readFixture(file: string, content: string): Fixture {
  const clusters: { cluster: Cluster; resources: Resource[] }[] = [];
  const lines = new LineCounter();
  for (const document of parseAllDocuments(content, { lineCounter: lines })) {
    const manifest = freeze(document.toJS());
    if (!isMapping(manifest)) continue;
    if (manifest.kind === 'Cluster') {
      clusters.push({ cluster: { ...CLUSTER, ...manifest }, resources: [] });
      continue;
    }
    if (clusters.length === 0) clusters.push({ cluster: CLUSTER, resources: [] });
    clusters.at(-1)?.resources.push(resourceOf(manifest, (path) => originIn(file, document, lines, path)));
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

function resourceOf(manifest: Mapping, originOf: (path: Path) => Origin): Resource {
  const metadata = isMapping(manifest.metadata) ? manifest.metadata : {};
  return {
    id: {
      apiVersion: String(manifest.apiVersion),
      kind: String(manifest.kind),
      namespace: typeof metadata.namespace === 'string' ? metadata.namespace : undefined,
      name: String(metadata.name),
    },
    manifest,
    originsOf: (path) => [originOf(path)],
  };
}

function originIn(file: string, document: Document, lines: LineCounter, path: Path): Origin {
  let node: unknown = document.contents;
  let place = isCollection(node) ? node.range : undefined;
  for (const step of path) {
    if (!isCollection(node)) break;
    const child: unknown = isMap(node)
      ? node.items.find((pair) => isPair(pair) && String(pair.key) === step)?.value
      : node.items[Number(step)];
    if (child === undefined) break;
    node = child;
    place = (child as { range?: typeof place }).range ?? place;
  }
  const { line, col } = lines.linePos(place?.[0] ?? 0);
  return { file, line, column: col, endLine: line, endColumn: col };
}

function freeze(value: unknown): Value {
  if (Array.isArray(value)) return Object.freeze(value.map(freeze));
  if (typeof value !== 'object' || value === null) return value as Value;
  const mapping: Record<string, Value> = Object.create(null);
  for (const [key, field] of Object.entries(value)) mapping[key] = freeze(field);
  return Object.freeze(mapping);
}
