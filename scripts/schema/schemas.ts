import { join } from 'node:path';
import type { KindWithoutSchema } from '../core/cluster.ts';
import type { Mapping, Value } from '../core/value.ts';
import type { ApiFacts } from './api.ts';
import { ClusterSchemas, type DefinedKinds, type Shared } from './cluster-schemas.ts';
import { kindsOf } from './crd.ts';
import { CUSTOM_VERBS, kindKey, type Section, writeKind } from './file.ts';
import { FileLibrary, LibraryFolder } from './library.ts';
import { writeShape } from './notation.ts';
import { Outline } from './outline.ts';
import { PackFolder } from './pack.ts';
import { hasRules } from './shape.ts';

/** What decides which schemas count in a cluster. */
export interface SchemasOf {
  /** A minor version: `1.36`. */
  readonly kubernetesVersion: string;
  /** CustomResourceDefinitions that are rendered for the cluster; each stands before the file of its group. */
  readonly customResourceDefinitions: readonly Mapping[];
  readonly kindsWithoutSchema: readonly KindWithoutSchema[];
}

/** The schemas of every version and group that a repository keeps. */
export interface Schemas {
  /** @throws Failure where there are no schemas for the version, or their files are damaged */
  forCluster(cluster: SchemasOf): ClusterSchemas;
  /** Minor versions that there are schemas for, lowest first. */
  versions(): readonly string[];
}

/**
 * Opens the folder `schemas/`. Its files are read when they are first needed.
 * @param cache where compiled schemas are kept between runs
 */
export function openSchemas(dir: string, cache: string = join('.cache', 'schema')): Schemas {
  const folder = new LibraryFolder(dir);
  const packs = new PackFolder(cache);
  const shared = new Map<string, Shared>();
  const defined = new WeakMap<Mapping, DefinedKinds>();
  const byContent = new Map<string, DefinedKinds>();

  const definedBy = (definition: Mapping): DefinedKinds => {
    let made = defined.get(definition);
    if (made === undefined) {
      made = libraryOf(definition, byContent);
      defined.set(definition, made);
    }
    return made;
  };
  const sharedOf = (minor: string): Shared => {
    let made = shared.get(minor);
    if (made === undefined) {
      const kubernetes = folder.kubernetes(minor);
      const group = (name: string) => folder.group(name);
      made = {
        minor,
        api: apiFacts(folder, minor),
        kubernetes,
        group,
        defined: definedBy,
        schemas: new Map(),
        packs,
      };
      shared.set(minor, made);
    }
    return made;
  };
  return {
    forCluster: ({ kubernetesVersion, customResourceDefinitions, kindsWithoutSchema }) =>
      new ClusterSchemas(sharedOf(kubernetesVersion), customResourceDefinitions, kindsWithoutSchema),
    versions: () => folder.versions(),
  };
}

function apiFacts(folder: LibraryFolder, minor: string): ApiFacts {
  return {
    minor,
    served: folder.kubernetes(minor).kindKeys(),
    others: () =>
      folder.versions().map((other) => ({ minor: other, served: folder.kubernetes(other).kindKeys() })),
    group: (group) => folder.group(group)?.kindKeys() ?? [],
    groups: () => folder.groups(),
  };
}

/** The kinds of one CustomResourceDefinition as a library of their own; equal definitions give the same one. */
function libraryOf(definition: Mapping, byContent: Map<string, DefinedKinds>): DefinedKinds {
  const { kinds } = kindsOf(definition);
  const outline = new Outline();
  const facts: Record<string, Value> = {};
  for (const kind of kinds) {
    const name = `${kind.apiVersion}.${kind.kind}`;
    outline.addRoot(name, kind.shape);
    facts[kindKey(kind.apiVersion, kind.kind)] = writeKind({
      definition: name,
      namespaced: kind.namespaced,
      verbs: CUSTOM_VERBS,
      served: kind.served,
      deprecated: kind.deprecated,
      rules: hasRules(kind.shape),
    });
  }
  const written: Record<string, Value> = {};
  for (const [name, shape] of outline.definitions) written[name] = writeShape(shape);
  const content = JSON.stringify([facts, written]);
  let made = byContent.get(content);
  if (made === undefined) {
    const section: Section = written;
    const library = new FileLibrary(
      facts,
      (name) => (Object.hasOwn(section, name) ? section[name] : undefined),
      content,
    );
    made = { library, kinds };
    byContent.set(content, made);
  }
  return made;
}
