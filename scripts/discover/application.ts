import type { Path } from '../core/path.ts';
import type { Resource } from '../core/resource.ts';
import { isMapping, isSequence, type Mapping, type Value } from '../core/value.ts';
import { normalizeRepositoryUrl } from './repository-url.ts';

/** Where one source of an Argo CD Application comes from (argoproj.io/v1alpha1, Argo CD 3.5). */
export type ApplicationSource =
  | {
      readonly type: 'path';
      /** Relative to the repository's root, without leading `./`. */
      readonly path: string;
      readonly revision: string;
      /** The whole source, for what else it says. */
      readonly source: Mapping;
      readonly at: Path;
    }
  | { readonly type: 'chart'; readonly chart: string; readonly version: string; readonly at: Path }
  | { readonly type: 'elsewhere'; readonly repository: string; readonly at: Path };

export interface Application {
  readonly resource: Resource;
  readonly name: string;
  /** Where objects go that name no namespace. */
  readonly namespace: string | undefined;
  readonly sources: readonly ApplicationSource[];
}

export function isApplication(resource: Resource): boolean {
  return resource.id.kind === 'Application' && resource.id.apiVersion.startsWith('argoproj.io/');
}

/** @param repository this repository's address, from package.json */
export function readApplication(resource: Resource, repository: string): Application {
  const spec = mappingOf(resource.manifest.spec);
  // With both, Argo CD follows `sources`.
  const several = spec.sources;
  const written: readonly { readonly source: Mapping; readonly at: Path }[] =
    isSequence(several) && several.length > 0
      ? several.map((source, index) => ({ source: mappingOf(source), at: ['spec', 'sources', index] }))
      : [{ source: mappingOf(spec.source), at: ['spec', 'source'] }];
  return {
    resource,
    name: resource.id.name,
    namespace: textOf(mappingOf(spec.destination).namespace),
    sources: written.map(({ source, at }) => readSource(source, at, repository)),
  };
}

function readSource(source: Mapping, at: Path, repository: string): ApplicationSource {
  const url = textOf(source.repoURL) ?? '';
  const chart = textOf(source.chart) ?? '';
  if (chart !== '') return { type: 'chart', chart, version: textOf(source.targetRevision) ?? '', at };
  if (url !== repository && normalizeRepositoryUrl(url) !== normalizeRepositoryUrl(repository)) {
    return { type: 'elsewhere', repository: url, at };
  }
  return {
    type: 'path',
    path: (textOf(source.path) ?? '.').replace(/^\.\//, '').replace(/\/+$/, ''),
    revision: textOf(source.targetRevision) ?? 'HEAD',
    source,
    at,
  };
}

function mappingOf(value: Value | undefined): Mapping {
  return isMapping(value) ? value : {};
}

function textOf(value: Value | undefined): string | undefined {
  return typeof value === 'string' ? value : undefined;
}
