import { isMapping, type Mapping } from '../core/value.ts';
import type { Field } from './field.ts';
import { BASELINE_CAPABILITIES, eachContainer, eachContext } from './pod-security-baseline.ts';
import { each, flag, has, integer, list, mapping, text, textOf } from './read.ts';

const RESTRICTED_VOLUMES = [
  'configMap',
  'csi',
  'downwardAPI',
  'emptyDir',
  'ephemeral',
  'image',
  'persistentVolumeClaim',
  'projected',
  'secret',
];

/** Level restricted, besides baseline: no root, no privileges, a seccomp profile. */
export function checkRestricted(spec: Mapping, edition: number, at: Field): void {
  each(spec, 'volumes', at, (volume, place) => {
    for (const key of Object.keys(volume))
      if (key !== 'name' && key !== 'hostPath' && has(volume, key) && !RESTRICTED_VOLUMES.includes(key))
        place.at(key).refuse(`volume is of ${key}, expected one of ${RESTRICTED_VOLUMES.join(', ')}`);
  });
  const windows = edition >= 25 && text(mapping(spec, 'os') ?? {}, 'name') === 'windows';
  const userNamespace = edition >= 35 && flag(spec, 'hostUsers') === false;
  const ofPod = mapping(spec, 'securityContext') ?? {};
  eachContainer(spec, at, (container, place) => {
    const context = mapping(container, 'securityContext') ?? {};
    const here = place.at('securityContext');
    if (!windows) {
      if (edition >= 8 && flag(context, 'allowPrivilegeEscalation') !== false)
        here.at('allowPrivilegeEscalation').invalid(context.allowPrivilegeEscalation, 'false');
      if (edition >= 22) checkCapabilities(context, here);
      if (edition >= 19) checkSeccompIsSet(ofPod, context, here);
    }
    if (!userNamespace) checkNonRoot(ofPod, context, here);
    if (edition >= 35) {
      const mount = text(context, 'procMount');
      if (mount !== undefined && mount !== 'Default' && flag(spec, 'hostUsers') === false)
        here.at('procMount').invalid(mount, 'Default');
    }
  });
  if (userNamespace || edition < 23) return;
  eachContext(spec, at, (context, place) => {
    if (integer(context, 'runAsUser') === 0) place.at('runAsUser').invalid(0, 'a user other than root');
  });
}

function checkCapabilities(context: Mapping, at: Field): void {
  const capabilities = mapping(context, 'capabilities') ?? {};
  const place = at.at('capabilities');
  if (!list(capabilities, 'drop').includes('ALL'))
    place.at('drop').refuse('capabilities are kept, expected "ALL" to be dropped');
  const added = list(capabilities, 'add');
  for (let i = 0; i < added.length; i++) {
    const capability = textOf(added[i]) ?? '';
    // The others are refused by the baseline already.
    if (capability !== 'NET_BIND_SERVICE' && BASELINE_CAPABILITIES.includes(capability))
      place.at('add').at(i).invalid(capability, 'NET_BIND_SERVICE or none');
  }
}

function checkNonRoot(ofPod: Mapping, context: Mapping, at: Field): void {
  const own = flag(context, 'runAsNonRoot');
  if (own === true || (own === undefined && flag(ofPod, 'runAsNonRoot') === true)) return;
  at.at('runAsNonRoot').invalid(own, 'true, here or for the pod');
}

function checkSeccompIsSet(ofPod: Mapping, context: Mapping, at: Field): void {
  const typeOf = (owner: Mapping): string | undefined =>
    isMapping(owner.seccompProfile) ? text(owner.seccompProfile, 'type') : undefined;
  if (typeOf(context) === undefined && typeOf(ofPod) === undefined)
    at.at('seccompProfile').at('type').required('RuntimeDefault or Localhost, here or for the pod');
}
