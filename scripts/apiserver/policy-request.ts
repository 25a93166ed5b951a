import { AdmissionRequest, AUTHORIZER, GroupVersionKind, GroupVersionResource } from '../cel/admission.ts';
import { toCel } from '../cel/convert.ts';
import type { Inventory } from '../core/inventory.ts';
import { groupOf, versionOf } from '../core/resource.ts';
import { defaulted } from './defaulted.ts';
import type { MatchedObject } from './policy-match.ts';
import type { RequestVariables } from './policy-program.ts';
import { EMPTY, mapping } from './read.ts';

/** What expressions see of the request that creates the object. */
export function requestOf(
  { resource, namespace, plural }: MatchedObject,
  inventory: Inventory,
): RequestVariables {
  const { apiVersion, kind, name } = resource.id;
  const group = groupOf(apiVersion);
  const version = versionOf(apiVersion);
  const ofKind = new GroupVersionKind({ group, version, kind });
  const ofResource = new GroupVersionResource({ group, version, resource: plural });
  return {
    object: toCel(defaulted(resource.manifest, namespace)),
    oldObject: null,
    request: new AdmissionRequest({
      kind: ofKind,
      resource: ofResource,
      subResource: '',
      requestKind: ofKind,
      requestResource: ofResource,
      requestSubResource: '',
      name,
      namespace,
      operation: 'CREATE',
      dryRun: false,
    }),
    authorizer: AUTHORIZER,
    namespaceObject: namespaceOf(namespace, inventory),
  };
}

/** Null for an object of the whole cluster; of a Namespace that is not declared only the name is known. */
function namespaceOf(namespace: string, inventory: Inventory): unknown {
  if (namespace === '') return null;
  const declared = inventory.find('', 'Namespace', '', namespace)?.manifest;
  const metadata = mapping(declared ?? EMPTY, 'metadata') ?? EMPTY;
  const labels = { ...mapping(metadata, 'labels'), 'kubernetes.io/metadata.name': namespace };
  return toCel({ ...declared, metadata: { ...metadata, name: namespace, labels } });
}
