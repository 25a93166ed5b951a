import { join } from 'node:path';
import type { Cluster } from '../core/cluster.ts';
import { Failure } from '../core/failure.ts';
import { type Finding, findingOf } from '../core/finding.ts';
import type { Path } from '../core/path.ts';
import { PlacedResource } from '../core/placed-resource.ts';
import type { Resource } from '../core/resource.ts';
import type { Renderer } from '../kustomize/render.ts';
import { type Application, isApplication, readApplication } from './application.ts';
import { type EntryUse, entryUse } from './idle-entries.ts';
import { KUSTOMIZATION_FILES } from './kustomization-file.ts';
import type { ManifestDocument } from './manifests.ts';
import { readPlainFolder } from './manifests.ts';
import { blameMissingPath } from './missing-path.ts';
import {
  applicationInlineOptions,
  applicationOtherRevision,
  applicationPathMissing,
  applicationSourceUnknown,
  chartNotPinned,
  doesNotBuild,
  noResources,
} from './rules.ts';

/** One folder that a cluster's Argo CD syncs. */
export interface Synced {
  /** Undefined for the cluster's root, which bootstrap applies. */
  readonly application: Application | undefined;
  readonly dir: string;
  readonly resources: readonly Resource[];
  /** Of a plain directory: its documents as written, which the schema's decoder looks at. */
  readonly documents: readonly ManifestDocument[];
  /** What this folder depends on, as in `ClusterTree`. */
  readonly asked: readonly string[];
  /** Entries of its kustomizations. */
  readonly entries: readonly EntryUse[];
}

/** What a kustomization came to in a run before, where nothing that it depends on has changed since. */
export type KnownFolder = Pick<Synced, 'resources' | 'asked' | 'entries'>;
type Built = KnownFolder & Pick<Synced, 'documents'>;

/** A chart that an Application brings, which is not rendered here. */
export interface RemoteChart {
  readonly application: string;
  readonly chart: string;
  readonly version: string;
}

export interface ClusterTree {
  readonly cluster: Cluster;
  readonly synced: readonly Synced[];
  readonly charts: readonly RemoteChart[];
  /** What was wrong on the way: paths that do not exist, folders that do not build. */
  readonly findings: readonly Finding[];
  /**
   * Names of everything that this depends on, relative to the root: files, folders, names that nothing has, and with a
   * trailing slash the listing of a plain directory. Not complete where there are findings.
   */
  readonly asked: ReadonlySet<string>;
}

export interface FleetOptions {
  /** Absolute path of the repository's root. */
  readonly root: string;
  /** This repository's address, from package.json. */
  readonly repository: string;
  readonly renderer: Renderer;
  /** Folders that need not be built again. */
  readonly known?: ReadonlyMap<string, KnownFolder> | undefined;
  /** Of a tree that is gone nothing is said: what was kept of it has no places any more. */
  readonly silent?: boolean;
}

/** Everything that one cluster's Argo CD will sync, found as it finds it: from the root through Applications. */
export function readClusterTree(cluster: Cluster, options: FleetOptions): ClusterTree {
  const walk = new ClusterWalk(cluster, options);
  walk.visit(cluster.dir, undefined);
  return {
    cluster,
    synced: walk.synced,
    charts: walk.charts,
    findings: walk.findings,
    asked: walk.asked,
  };
}

type PathSource = Extract<Application['sources'][number], { type: 'path' }>;

class ClusterWalk {
  readonly synced: Synced[] = [];
  readonly charts: RemoteChart[] = [];
  readonly findings: Finding[] = [];
  readonly asked = new Set<string>();
  readonly #visited = new Set<string>();
  readonly #met = new Set<Resource>();
  readonly #clusters: readonly string[];
  readonly #options: FleetOptions;

  constructor(cluster: Cluster, options: FleetOptions) {
    this.#clusters = [cluster.name];
    this.#options = options;
  }

  visit(dir: string, application: Application | undefined): void {
    const key = `${dir}\0${application?.namespace ?? ''}`;
    // A root Application syncs the folder that it stands in.
    if (this.#visited.has(dir) || this.#visited.has(key)) return;
    this.#visited.add(application === undefined ? dir : key);
    const synced = this.#read(dir, application);
    if (synced === undefined) return;
    const resources = this.#apart(synced.resources);
    this.synced.push({ ...synced, resources });
    for (const resource of resources) {
      if (isApplication(resource)) this.#follow(readApplication(resource, this.#options.repository));
    }
  }

  /** Where folders bring the very same object, as of a base that they share, each has its own: its namespace may differ. */
  #apart(resources: readonly Resource[]): readonly Resource[] {
    const isMet = (resource: Resource): boolean => this.#met.has(resource);
    // The very list where all are its own: two trees that share it have the same folder.
    const own = resources.some(isMet)
      ? resources.map((each) => (isMet(each) ? new PlacedResource(each.manifest, () => each) : each))
      : resources;
    for (const resource of own) this.#met.add(resource);
    return own;
  }

  /** @param find what is wrong, which also looks for its place */
  #say(find: () => Finding): void {
    if (this.#options.silent !== true) this.findings.push(find());
  }

  #read(dir: string, application: Application | undefined): Synced | undefined {
    try {
      const built = this.#build(dir, application);
      const { resources, documents } = built;
      for (const name of built.asked) this.asked.add(name);
      if (resources.length === 0 && documents.length === 0) this.#reportEmpty(dir, application);
      return { application, dir, ...built };
    } catch (error) {
      if (!(error instanceof Failure)) throw error;
      const origin = error.origin ?? { file: dir, line: 1, column: 1, endLine: 1, endColumn: 1 };
      const { message } = error;
      this.#say(() => findingOf(doesNotBuild, { message, origin, clusters: this.#clusters }));
      return undefined;
    }
  }

  #build(dir: string, application: Application | undefined): Built {
    const { root, renderer, known } = this.#options;
    const found = known?.get(dir);
    if (found !== undefined) return { ...found, documents: [] };
    const absolute = join(root, dir);
    if (!KUSTOMIZATION_FILES.some((name) => renderer.exists(join(absolute, name))))
      return { ...readPlainFolder(root, dir, isRecursive(application), renderer.fileSystem), entries: [] };
    const { resources, asked, effects } = renderer.render(absolute);
    return { resources, asked, entries: effects.map(entryUse), documents: [] };
  }

  #follow(application: Application): void {
    for (const source of application.sources) {
      if (source.type === 'chart') {
        const { chart, version } = source;
        if (!EXACT_VERSION.test(version)) {
          this.#report(
            application,
            chartNotPinned,
            [...source.at, 'targetRevision'],
            `Application "${application.name}" takes version "${version}" of chart "${chart}", expected an exact one`,
          );
        }
        this.charts.push({ application: application.name, chart, version });
      } else if (source.type === 'elsewhere') {
        this.#report(
          application,
          applicationSourceUnknown,
          [...source.at, 'repoURL'],
          `Application "${application.name}" syncs from "${source.repository}", expected "${this.#options.repository}"`,
        );
      } else {
        this.#checkSource(application, source);
        if (this.#isFolder(source.path)) this.visit(source.path, application);
        else this.#say(() => this.#missingPath(application, source));
      }
    }
  }

  #isFolder(dir: string): boolean {
    const { known, root, renderer } = this.#options;
    return known?.has(dir) === true || renderer.isFolder(join(root, dir));
  }

  #missingPath({ name, resource }: Application, source: PathSource): Finding {
    const { root, renderer } = this.#options;
    const path = [...source.at, 'path'];
    const origins = resource.originsOf(path);
    const { parent, step, origin } = blameMissingPath(root, source.path, origins, renderer.fileSystem);
    const missing = `and ${parent === '.' ? 'the repository' : `"${parent}"`} has no "${step}"`;
    const isFile = renderer.exists(join(root, source.path));
    return findingOf(applicationPathMissing, {
      message: `Application "${name}" names the path "${source.path}", ${isFile ? 'which is a file, expected a folder' : missing}`,
      origin,
      exact: true,
      clusters: this.#clusters,
      resource: resource.id,
      path,
    });
  }

  #checkSource(application: Application, source: PathSource): void {
    if (!MAIN.has(source.revision)) {
      this.#report(
        application,
        applicationOtherRevision,
        [...source.at, 'targetRevision'],
        `Application "${application.name}" follows "${source.revision}", expected "refs/heads/main"`,
      );
    }
    for (const field of ['kustomize', 'helm', 'plugin']) {
      if (Object.hasOwn(source.source, field)) {
        this.#report(
          application,
          applicationInlineOptions,
          [...source.at, field],
          `Application "${application.name}" sets "${field}", expected all of it in the folder "${source.path}"`,
        );
      }
    }
  }

  #reportEmpty(dir: string, application: Application | undefined): void {
    const message = `Folder "${dir}" renders no object, expected at least one`;
    if (application === undefined) {
      const origin = { file: dir, line: 1, column: 1, endLine: 1, endColumn: 1 };
      this.#say(() => findingOf(noResources, { message, origin, clusters: this.#clusters }));
    } else this.#report(application, noResources, ['spec', 'source', 'path'], message);
  }

  #report({ resource }: Application, rule: typeof noResources, path: Path, message: string): void {
    this.#say(() =>
      findingOf(rule, {
        message,
        origin: resource.originsOf(path)[0]!,
        exact: true,
        clusters: this.#clusters,
        resource: resource.id,
        path,
      }),
    );
  }
}

/** https://semver.org, with the `v` that some charts put before it. */
const EXACT_VERSION = /^v?\d+\.\d+\.\d+(?:-[0-9A-Za-z.-]+)?(?:\+[0-9A-Za-z.-]+)?$/;

const MAIN: ReadonlySet<string> = new Set(['main', 'refs/heads/main', 'HEAD']);

function isRecursive(application: Application | undefined): boolean {
  const source = application?.sources.find((each) => each.type === 'path')?.source;
  const directory = source?.directory;
  return (
    typeof directory === 'object' &&
    directory !== null &&
    'recurse' in directory &&
    directory.recurse === true
  );
}
