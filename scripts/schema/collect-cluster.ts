import { Failure } from '../core/failure.ts';
import { isMapping, isSequence, type Mapping, type Value } from '../core/value.ts';
import type { Document } from './collect.ts';

/** Reads a path of an API server: `/openapi/v3`. */
export type ReadRaw = (path: string) => string;

/** What an API server says of itself: its version, its discovery, its OpenAPI documents, its CustomResourceDefinitions. */
export function clusterDocuments(read: ReadRaw): Document[] {
  const get = (path: string): Mapping => {
    const text = read(path);
    try {
      const value: Value = JSON.parse(text);
      if (isMapping(value)) return value;
    } catch (cause) {
      throw new Failure(`The cluster's answer to ${path} is no JSON`, { cause });
    }
    throw new Failure(`The cluster's answer to ${path} is no JSON object`);
  };
  const crds = get('/apis/apiextensions.k8s.io/v1/customresourcedefinitions');
  const custom = customGroups(crds);
  const documents: Mapping[] = [get('/version')];
  for (const path of groupPaths(get('/apis'), custom)) documents.push(get(path));
  const paths = get('/openapi/v3').paths;
  for (const path of Object.keys(isMapping(paths) ? paths : {})) {
    const group = /^apis\/([^/]+)\/[^/]+$/.exec(path)?.[1];
    if (path === 'api/v1' || (group !== undefined && !custom.has(group)))
      documents.push(get(`/openapi/v3/${path}`));
  }
  return [
    ...documents.map((value) => ({ folder: 'the cluster', value })),
    ...[...byGroup(crds)].map(([group, items]) => ({ folder: group, value: { kind: 'List', items } })),
  ];
}

function groupPaths(groups: Mapping, custom: ReadonlySet<string>): string[] {
  const paths = ['/api/v1'];
  for (const group of isSequence(groups.groups) ? groups.groups : []) {
    if (!isMapping(group) || custom.has(String(group.name)) || !isSequence(group.versions)) continue;
    for (const version of group.versions)
      if (isMapping(version)) paths.push(`/apis/${String(version.groupVersion)}`);
  }
  return paths;
}

function byGroup(crds: Mapping): Map<string, Mapping[]> {
  const found = new Map<string, Mapping[]>();
  for (const item of isSequence(crds.items) ? crds.items : []) {
    if (!isMapping(item) || !isMapping(item.spec)) continue;
    const group = String(item.spec.group);
    const list = found.get(group) ?? [];
    // Items of a list do not carry their kind.
    list.push({ ...item, kind: 'CustomResourceDefinition' });
    found.set(group, list);
  }
  return found;
}

const customGroups = (crds: Mapping) => new Set(byGroup(crds).keys());
