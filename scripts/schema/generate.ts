import { createHash } from 'node:crypto';
import { Failure } from '../core/failure.ts';
import { groupOf } from '../core/resource.ts';
import { isMapping, isSequence, type Mapping, type Value } from '../core/value.ts';
import { kindsOf } from './crd.ts';
import { CUSTOM_VERBS, type KindFacts, kindKey, type NewFile, type Section, writeKind } from './file.ts';
import { writeShape } from './notation.ts';
import { shapesOfDefinitions, shortName } from './openapi.ts';
import { Outline } from './outline.ts';
import { references } from './references.ts';
import { hasRules, type Shape } from './shape.ts';

/** A resource as a server's discovery names it. */
export interface Served {
  readonly group: string;
  readonly version: string;
  readonly kind: string;
  readonly namespaced: boolean;
  readonly verbs: readonly string[];
}

/** What one API server says of itself. */
export interface ServerFacts {
  /** `v1.36.3` */
  readonly kubernetesVersion: string;
  readonly served: readonly Served[];
  /** Definitions of its OpenAPI documents, by their full names. */
  readonly definitions: Mapping;
}

export interface KubernetesFiles {
  /** `1.36` */
  readonly minor: string;
  readonly index: NewFile;
  /** Definitions by name and content, to be kept beside those of other versions. */
  readonly definitions: Section;
}

/** The files of one Kubernetes version: only what the served kinds that can be created need. */
export function kubernetesFiles(facts: ServerFacts): KubernetesFiles {
  const minor = /^v?(\d+\.\d+)\./.exec(facts.kubernetesVersion)?.[1];
  if (minor === undefined) throw new Failure(`"${facts.kubernetesVersion}" is no version of Kubernetes`);
  const shapes = shapesOfDefinitions(facts.definitions);
  const byKind = definitionsByKind(facts.definitions);
  const kinds: Record<string, Value> = {};
  const wanted = new Set<string>();
  for (const { group, version, kind, namespaced, verbs } of facts.served) {
    if (!verbs.includes('create')) continue;
    const apiVersion = group === '' ? version : `${group}/${version}`;
    const definition = byKind.get(kindKey(apiVersion, kind));
    if (definition === undefined)
      throw new Failure(
        `The OpenAPI document of ${facts.kubernetesVersion} has no definition of ${apiVersion} ${kind}`,
      );
    kinds[kindKey(apiVersion, kind)] = writeKind({
      definition,
      namespaced,
      verbs,
      served: true,
      deprecated: false,
      rules: false,
    });
    collect(definition, shapes, wanted);
  }
  collect('meta.v1.ObjectMeta', shapes, wanted);
  const definitions: Record<string, Value> = {};
  const ids: Record<string, Value> = {};
  for (const name of wanted) {
    const written = writeShape(shapes.get(name)!);
    const id = createHash('sha256').update(JSON.stringify(written)).digest('hex').slice(0, 10);
    ids[name] = id;
    definitions[`${name}#${id}`] = written;
  }
  const source = `OpenAPI document and discovery of kube-apiserver ${facts.kubernetesVersion}`;
  return { minor, index: { source, sections: { kinds, definitions: ids } }, definitions };
}

function definitionsByKind(definitions: Mapping): Map<string, string> {
  const found = new Map<string, string>();
  for (const [name, schema] of Object.entries(definitions)) {
    const kinds = isMapping(schema) ? schema['x-kubernetes-group-version-kind'] : undefined;
    if (!isSequence(kinds)) continue;
    for (const entry of kinds) {
      if (!isMapping(entry)) continue;
      const { group, version, kind } = entry;
      const apiVersion = group === '' ? String(version) : `${String(group)}/${String(version)}`;
      found.set(kindKey(apiVersion, String(kind)), shortName(name));
    }
  }
  return found;
}

/** Adds a definition and all that it refers to. */
function collect(name: string, shapes: ReadonlyMap<string, Shape>, into: Set<string>): void {
  if (into.has(name)) return;
  const shape = shapes.get(name);
  if (shape === undefined) throw new Failure(`The OpenAPI document refers to ${name} and does not define it`);
  into.add(name);
  for (const reference of references(shape)) collect(reference, shapes, into);
}

/** One file for each API group of custom resources, by group. */
export function customFiles(definitions: readonly Mapping[], source: string): Map<string, NewFile> {
  const groups = new Map<string, { outline: Outline; kinds: Record<string, Value> }>();
  for (const definition of definitions) {
    const { kinds, problems } = kindsOf(definition);
    const problem = problems[0];
    if (problem !== undefined) {
      const metadata = definition.metadata;
      const name = isMapping(metadata) ? String(metadata.name) : '';
      throw new Failure(`The CustomResourceDefinition "${name}": ${problem.at.join('.')} ${problem.message}`);
    }
    for (const kind of kinds) {
      const group = groupOf(kind.apiVersion);
      let file = groups.get(group);
      if (file === undefined) {
        file = { outline: new Outline(), kinds: {} };
        groups.set(group, file);
      }
      const name = `${kind.apiVersion}.${kind.kind}`;
      file.outline.addRoot(name, kind.shape);
      const facts: KindFacts = {
        definition: name,
        namespaced: kind.namespaced,
        verbs: CUSTOM_VERBS,
        served: kind.served,
        deprecated: kind.deprecated,
        rules: hasRules(kind.shape),
      };
      file.kinds[kindKey(kind.apiVersion, kind.kind)] = writeKind(facts);
    }
  }
  const files = new Map<string, NewFile>();
  for (const [group, { outline, kinds }] of groups) {
    const definitions: Record<string, Value> = {};
    for (const [name, shape] of outline.definitions) definitions[name] = writeShape(shape);
    files.set(group, { source, sections: { kinds, definitions } });
  }
  return files;
}
