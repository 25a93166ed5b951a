import { entryOf, newWeakMap } from '../core/entry.ts';
import type { RuleViolation } from '../core/finding.ts';
import { groupOf } from '../core/resource.ts';
import type { Mapping } from '../core/value.ts';
import type { ServerContext } from './context.ts';
import { Field } from './field.ts';
import { serverKindOf } from './kinds.ts';
import { checkMetadata, type MetadataRules, REFUSED_METADATA } from './metadata.ts';
import { text } from './read.ts';
import { DNS_SUBDOMAIN } from './syntax.ts';

const NONE: readonly RuleViolation[] = Object.freeze([]);

const CUSTOM: MetadataRules = {
  name: DNS_SUBDOMAIN,
  knownFinalizers: false,
  namespaced: true,
  prefixWithName: true,
  countsGenerations: true,
};
/** Built-in kinds without rules here whose names are not DNS subdomains, or that have none. */
const FREELY_NAMED = /^(?:CertificateSigningRequest|Event|IPAddress|.*Review|Binding|Eviction|Scale|List)$/;
/** Groups whose validation calls apimachinery's `ValidateObjectMeta`, not that of the core group. */
const OF_APIMACHINERY =
  /^(?:admissionregistration|apiextensions|apiregistration|coordination|node)\.k8s\.io$/;
/** Kinds whose strategy does not set the generation of a new object (`PrepareForCreate` in pkg/registry). */
const KEEPS_GENERATION =
  /^(?:Service|Endpoints|ConfigMap|Secret|ServiceAccount|Namespace|(?:Cluster)?Role(?:Binding)?|PersistentVolume(?:Claim)?|StorageClass|VolumeAttributesClass|CSIDriver|APIService|HorizontalPodAutoscaler|ResourceQuota|LimitRange|RuntimeClass|Lease)$/;

const memos = new WeakMap<ServerContext, WeakMap<Mapping, readonly RuleViolation[]>>();

/**
 * What the API server would refuse of this object, were it created: beyond its schema, at the field that the
 * server's answer names. Kept with the manifest, which clusters share. Total: whatever the manifest holds, it answers and never throws.
 */
export function checkObject(manifest: Mapping, context: ServerContext): readonly RuleViolation[] {
  return entryOf(entryOf(memos, context, newWeakMap), manifest, () => check(manifest, context));
}

function check(manifest: Mapping, context: ServerContext): readonly RuleViolation[] {
  const group = groupOf(text(manifest, 'apiVersion') ?? '');
  const kindName = text(manifest, 'kind') ?? '';
  const found: RuleViolation[] = [];
  const root = Field.root(context, REFUSED_METADATA, found);
  const kind = serverKindOf(group, kindName);
  if (kind === undefined) {
    if (!FREELY_NAMED.test(kindName)) checkMetadata(manifest, root, CUSTOM);
  } else {
    checkMetadata(manifest, root, {
      name: typeof kind.name === 'function' ? kind.name(context) : kind.name,
      namespaced: kind.namespaced,
      knownFinalizers: !OF_APIMACHINERY.test(group) && kindName !== 'PodDisruptionBudget',
      namedByServer: kindName === 'LimitRange',
      // Its declarative validation leaves the prefix of a named object alone.
      prefixWithName: kindName !== 'ReplicationController',
      countsGenerations: !KEEPS_GENERATION.test(kindName),
    });
    kind.check?.(manifest, root);
  }
  return found.length === 0 ? NONE : found;
}
