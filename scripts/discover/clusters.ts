import { join } from 'node:path';
import fitsSchema from '../../schemas/cluster.schema.json?validate';
import { type Cluster, KUBERNETES_VERSIONS } from '../core/cluster.ts';
import { DISK } from '../core/disk.ts';
import { Failure } from '../core/failure.ts';
import type { FileSystem } from '../core/file-system.ts';
import type { Path } from '../core/path.ts';
import { keyOriginAt, originsAt } from '../yaml/locate.ts';
import { type ParsedDocument, parseDocuments } from '../yaml/parse.ts';
import { originOf } from '../yaml/place.ts';
import { valueOf } from '../yaml/value.ts';
import { clusterNames } from './cluster-names.ts';
import { describeSchemaError } from './schema-error.ts';

/** What `schemas/cluster.schema.json` holds the file to. */
interface ClusterFile {
  readonly metadata: { readonly name: string };
  readonly spec: Omit<Cluster, 'name' | 'dir'>;
}

/** Every `clusters/<name>/cluster.yaml`, by name. Throws a Failure at the line that is wrong. */
export function readClusters(root: string): readonly Cluster[] {
  return clusterNames(root).map((name) => readCluster(root, name));
}

/** `clusters/<name>/cluster.yaml`. Throws a Failure at the line that is wrong. */
export function readCluster(root: string, name: string, fileSystem: FileSystem = DISK): Cluster {
  const file = `clusters/${name}/cluster.yaml`;
  let text: string;
  try {
    text = fileSystem.readText(join(root, file));
  } catch (cause) {
    throw new Failure(`Could not read "${file}", expected the facts about cluster "${name}"`, { cause });
  }
  const document = parseDocuments({ file, text }, 'go-yaml-v3')[0];
  const problem = document?.problems[0];
  if (problem !== undefined) throw new Failure(problem.message, { origin: originOf(problem.place) });
  if (document?.root === undefined)
    throw new Failure(`"${file}" is empty, expected the facts about cluster "${name}"`);
  const decoded = decode(document);
  const at = (path: Path) => ({ origin: originsAt(document.root!, path)[0] });
  if (decoded.metadata.name !== name) {
    const message = `Cluster is named "${decoded.metadata.name}", expected "${name}" as its folder`;
    throw new Failure(message, at(['metadata', 'name']));
  }
  const { kubernetesVersion } = decoded.spec;
  if (!KUBERNETES_VERSIONS.some((version) => version === kubernetesVersion)) {
    const message = `Kubernetes version "${kubernetesVersion}" is not known, expected one of ${KUBERNETES_VERSIONS.join(', ')}`;
    throw new Failure(message, at(['spec', 'kubernetesVersion']));
  }
  return { name, dir: `clusters/${name}`, ...decoded.spec };
}

function isClusterFile(value: unknown): value is ClusterFile {
  return fitsSchema(value);
}

function decode(document: ParsedDocument): ClusterFile {
  const root = document.root!;
  const value: unknown = valueOf(root);
  if (isClusterFile(value)) return value;
  const errors = fitsSchema.errors ?? [];
  // A misspelled field is also a missing one: the spelling is what to mend.
  const misspelled = errors.find(({ keyword }) => keyword === 'additionalProperties');
  const { message, path } = describeSchemaError(misspelled ?? errors[0]!);
  throw new Failure(message, {
    origin: misspelled === undefined ? originsAt(root, path)[0] : keyOriginAt(root, path),
  });
}
