import type { Origin } from './origin.ts';
import type { Path } from './path.ts';
import { isMapping, type Mapping, type Value } from './value.ts';

export interface ResourceId {
  readonly apiVersion: string;
  readonly kind: string;
  /** As written: undefined where the manifest names none. */
  readonly namespace: string | undefined;
  readonly name: string;
}

/** One object of a rendered tree or of a plain file. Immutable, and shared by every cluster that renders the same. */
export interface Resource {
  readonly id: ResourceId;
  /** Deeply frozen. Two resources that share a part hold the very same object there. */
  readonly manifest: Mapping;
  /**
   * The places that made the value at `path`, first the one that a person would edit. For a path that the
   * manifest lacks: those of its deepest written parent. Never empty.
   */
  originsOf(path: Path): readonly Origin[];
  /** The key of the field at `path`: for what is said of its name, or of all that it holds. */
  keyOriginOf(path: Path): Origin;
}

/** As the manifest says it; text is empty where it is missing. */
export function resourceIdOf(manifest: Mapping): ResourceId {
  const { metadata } = manifest;
  const fields: Mapping = isMapping(metadata) ? metadata : {};
  return {
    apiVersion: text(manifest.apiVersion) ?? '',
    kind: text(manifest.kind) ?? '',
    namespace: text(fields.namespace),
    name: text(fields.name) ?? '',
  };
}

function text(value: Value | undefined): string | undefined {
  return typeof value === 'string' ? value : undefined;
}

/** `apps/v1` → `apps`; `v1` → ``. */
export function groupOf(apiVersion: string): string {
  const slash = apiVersion.indexOf('/');
  return slash < 0 ? '' : apiVersion.slice(0, slash);
}

/** `apps/v1` → `v1`; `v1` → `v1`. */
export function versionOf(apiVersion: string): string {
  return apiVersion.slice(apiVersion.indexOf('/') + 1);
}
