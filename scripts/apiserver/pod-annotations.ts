import { isMapping, type Mapping, type Value } from '../core/value.ts';
import type { Field } from './field.ts';
import { itemOf, list, mapping, text, textOf } from './read.ts';
import { serverRule } from './rule.ts';
import { RELATIVE_PATH } from './syntax.ts';
import { checkTolerations } from './toleration.ts';

export const REFUSED_POD_ANNOTATION = serverRule({
  id: 'refused-pod-annotation',
  title: 'Annotation of a pod that the API server refuses',
  why: 'Some annotations of pods are settings, older than the fields of today, and are held to the values that they may have.',
  fix: 'Use the field of `securityContext` instead, or correct the value.',
  covers: [
    'seccomp and AppArmor profiles: values, containers that exist, and agreement with the fields',
    '`controller.kubernetes.io/pod-deletion-cost` is a 32-bit number',
    '`kubernetes.io/config.mirror` needs a node',
    '`scheduler.alpha.kubernetes.io/tolerations` is a list of tolerations as JSON',
  ],
});

const SECCOMP_POD = 'seccomp.security.alpha.kubernetes.io/pod';
const SECCOMP_CONTAINER = 'container.seccomp.security.alpha.kubernetes.io/';
const APPARMOR = 'container.apparmor.security.beta.kubernetes.io/';
const MIRROR = 'kubernetes.io/config.mirror';
const COST = 'controller.kubernetes.io/pod-deletion-cost';
const TOLERATIONS = 'scheduler.alpha.kubernetes.io/tolerations';
const CONTAINERS = ['initContainers', 'containers', 'ephemeralContainers'];

/** @param at the place of the annotations */
export function checkPodAnnotations(annotations: Mapping, spec: Mapping, parent: Field): void {
  const at = parent.under(REFUSED_POD_ANNOTATION);
  for (const key of Object.keys(annotations)) {
    const value = textOf(annotations[key]) ?? '';
    if (key === SECCOMP_POD || key.startsWith(SECCOMP_CONTAINER)) {
      if (!isSeccomp(value))
        at.at(key).invalid(value, 'runtime/default, unconfined, or localhost/<relative path>');
    } else if (key.startsWith(APPARMOR)) {
      const name = key.slice(APPARMOR.length);
      if (!hasContainer(spec, name)) at.at(key).notFound(name, 'a container of the pod');
      else if (!isAppArmor(value))
        at.at(key).invalid(value, 'runtime/default, unconfined, or localhost/<profile>');
    } else if (key === COST) {
      if (!/^(?:0|-?[1-9][0-9]*)$/.test(value) || Math.abs(Number(value)) > 2147483647)
        at.at(key).invalid(value, 'a 32-bit number without a plus sign or leading zeros');
    } else if (key === TOLERATIONS && value !== '') checkWrittenTolerations(value, at);
    else if (key === MIRROR && (text(spec, 'nodeName') ?? '') === '')
      at.at(key).invalid(value, 'nodeName in the pod');
  }
}

/** A list of tolerations as JSON, from before they were a field. */
function checkWrittenTolerations(value: string, at: Field): void {
  let parsed: Value;
  try {
    parsed = JSON.parse(value) as Value;
  } catch {
    at.within(TOLERATIONS).invalid(value, 'a list of tolerations as JSON');
    return;
  }
  if (parsed === null) return;
  if (Array.isArray(parsed) && parsed.every((item) => item === null || isMapping(item)))
    checkTolerations({ [TOLERATIONS]: parsed }, at, false, TOLERATIONS);
  else at.within(TOLERATIONS).invalid(value, 'a list of tolerations as JSON');
}

function isSeccomp(value: string): boolean {
  if (value === 'runtime/default' || value === 'docker/default' || value === 'unconfined') return true;
  return value.startsWith('localhost/') && RELATIVE_PATH.test(value.slice('localhost/'.length));
}

function isAppArmor(value: string): boolean {
  return (
    value === '' || value === 'runtime/default' || value === 'unconfined' || value.startsWith('localhost/')
  );
}

function hasContainer(spec: Mapping, name: string): boolean {
  return CONTAINERS.some((key) => list(spec, key).some((item) => text(itemOf(item) ?? {}, 'name') === name));
}

/** On a bare pod the annotations of old and the fields of today must say the same. */
export function checkProfilesAgree(annotations: Mapping, spec: Mapping, at: Field): void {
  const place = at.under(REFUSED_POD_ANNOTATION);
  agree(textOf(annotations[SECCOMP_POD]), spec, 'seccompProfile', place);
  for (const key of CONTAINERS) {
    const containers = list(spec, key);
    for (let i = 0; i < containers.length; i++) {
      const container = itemOf(containers[i]);
      if (container === undefined) continue;
      const name = text(container, 'name') ?? '';
      agree(textOf(annotations[SECCOMP_CONTAINER + name]), container, 'seccompProfile', place.at(key).at(i));
      agree(textOf(annotations[APPARMOR + name]), container, 'appArmorProfile', place.at(key).at(i));
    }
  }
}

const TYPES: Readonly<Record<string, string>> = {
  unconfined: 'Unconfined',
  'runtime/default': 'RuntimeDefault',
  'docker/default': 'RuntimeDefault',
};

function agree(annotation: string | undefined, owner: Mapping, key: string, at: Field): void {
  const profile = mapping(mapping(owner, 'securityContext') ?? {}, key);
  if (annotation === undefined || annotation === '' || profile === undefined) return;
  const local = annotation.startsWith('localhost/') ? annotation.slice('localhost/'.length) : undefined;
  const wanted = local === undefined ? TYPES[annotation] : 'Localhost';
  const here = at.at('securityContext').at(key);
  if (text(profile, 'type') !== wanted)
    here.at('type').invalid(profile.type, `${wanted ?? 'a profile'}, as the annotation says`);
  else if (local !== undefined && text(profile, 'localhostProfile') !== local)
    here.at('localhostProfile').invalid(profile.localhostProfile, `"${local}", as the annotation says`);
}
