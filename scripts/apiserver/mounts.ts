import type { Mapping } from '../core/value.ts';
import type { Field } from './field.ts';
import { needText } from './fields.ts';
import { each, flag, has, list, mapping, text } from './read.ts';
import { serverRule } from './rule.ts';
import { hasBackstep, RELATIVE_PATH } from './syntax.ts';
import type { Volumes } from './volumes.ts';

export const REFUSED_MOUNT = serverRule({
  id: 'refused-mount',
  title: 'Mount that the API server refuses',
  why: 'A container can only mount a volume that its pod has, and each place once.',
  fix: 'Add the volume to `volumes`, correct its name, or give the mount a path of its own.',
  covers: [
    'mounts and devices name a volume of the pod',
    'paths of mounts and devices are there, and each stands once',
    '`subPath` and `subPathExpr` are relative, without `..`, and exclude each other',
    '`mountPropagation` and `recursiveReadOnly`, and what they ask of the container',
    'devices come from claims',
  ],
});

const PROPAGATIONS = ['None', 'HostToContainer', 'Bidirectional'];
const RECURSIVE = ['Disabled', 'IfPossible', 'Enabled'];

export function checkMounts(container: Mapping, parent: Field, volumes: Volumes): void {
  const mounts = list(container, 'volumeMounts');
  const devices = list(container, 'volumeDevices');
  if (mounts.length === 0 && devices.length === 0) return;
  const at = parent.under(REFUSED_MOUNT);
  const deviceNames = textsOf(container, 'volumeDevices', 'name');
  const devicePaths = textsOf(container, 'volumeDevices', 'devicePath');
  const paths = new Set<string>();
  const mountsAt = at.at('volumeMounts');
  each(container, 'volumeMounts', at, (mount, place, index) => {
    const name = text(mount, 'name') ?? '';
    const path = text(mount, 'mountPath') ?? '';
    const volume = volumes.byName.get(name);
    if (needText(mount, 'name', 'the name of a volume', place) && volume === undefined && name !== '')
      place.at('name').notFound(name, 'a volume of the pod that has no mistake of its own');
    needText(mount, 'mountPath', 'a path', place);
    if (paths.has(path))
      place.at('mountPath').invalid(path, 'a path that no other mount of the container has');
    paths.add(path);
    if (deviceNames.has(name)) place.at('name').invalid(name, 'a volume that is not in volumeDevices, too');
    if (devicePaths.has(path))
      place.at('mountPath').invalid(path, 'a path that is not in volumeDevices, too');
    // The server names these fields at the list, without the mount.
    checkMount(mount, place, mountsAt.within(index), container, volume);
  });
  checkDevices(container, at, volumes);
}

function checkMount(
  mount: Mapping,
  place: Field,
  listed: Field,
  container: Mapping,
  volume: Mapping | undefined,
): void {
  const subPath = text(mount, 'subPath') ?? '';
  const expression = text(mount, 'subPathExpr') ?? '';
  if (subPath !== '' && expression !== '') place.at('subPathExpr').invalid(expression, 'none beside subPath');
  if (!RELATIVE_PATH.test(subPath)) listed.at('subPath').invalid(subPath, RELATIVE_PATH.expected);
  if (!RELATIVE_PATH.test(expression)) listed.at('subPathExpr').invalid(expression, RELATIVE_PATH.expected);
  // Image volumes take subPath since 1.33.
  if (volume !== undefined && has(volume, 'image') && expression !== '' && place.context.minor < 33)
    place.at('subPathExpr').invalid(expression, 'none with an image volume');
  const propagation = text(mount, 'mountPropagation');
  if (propagation !== undefined) {
    if (!PROPAGATIONS.includes(propagation))
      listed.at('mountPropagation').unsupported(propagation, PROPAGATIONS);
    if (propagation === 'Bidirectional' && !isPrivileged(container))
      listed
        .at('mountPropagation')
        .invalid(propagation, 'None or HostToContainer, as the container is not privileged');
  }
  const recursive = text(mount, 'recursiveReadOnly');
  if (recursive === undefined || recursive === 'Disabled') return;
  if (!RECURSIVE.includes(recursive)) {
    listed.at('recursiveReadOnly').unsupported(recursive, RECURSIVE);
    return;
  }
  if (flag(mount, 'readOnly') !== true) listed.at('recursiveReadOnly').forbidden('without readOnly');
  if (propagation !== undefined && propagation !== 'None')
    listed.at('recursiveReadOnly').forbidden('with mountPropagation other than None');
}

function isPrivileged(container: Mapping): boolean {
  const context = mapping(container, 'securityContext');
  return context !== undefined && flag(context, 'privileged') === true;
}

function checkDevices(container: Mapping, at: Field, volumes: Volumes): void {
  if (list(container, 'volumeDevices').length === 0) return;
  const mountNames = textsOf(container, 'volumeMounts', 'name');
  const mountPaths = textsOf(container, 'volumeMounts', 'mountPath');
  const names = new Set<string>();
  const paths = new Set<string>();
  each(container, 'volumeDevices', at, (device, place) => {
    const name = text(device, 'name') ?? '';
    const path = text(device, 'devicePath') ?? '';
    const volume = volumes.byName.get(name);
    if (needText(device, 'name', 'the name of a volume', place) && volume === undefined && name !== '')
      place.at('name').notFound(name, 'a volume of the pod that has no mistake of its own');
    if (names.has(name)) place.at('name').invalid(name, 'a volume that no other device of the container has');
    if (volume !== undefined && !has(volume, 'persistentVolumeClaim') && !has(volume, 'ephemeral'))
      place.at('name').invalid(name, 'a volume from a claim');
    needText(device, 'devicePath', 'a path', place);
    if (paths.has(path))
      place.at('devicePath').invalid(path, 'a path that no other device of the container has');
    if (hasBackstep(path)) place.at('devicePath').invalid(path, 'a path without ".."');
    else paths.add(path);
    if (mountNames.has(name)) place.at('name').invalid(name, 'a volume that is not in volumeMounts, too');
    if (mountPaths.has(path)) place.at('devicePath').invalid(path, 'a path that is not in volumeMounts, too');
    if (name !== '') names.add(name);
  });
}

function textsOf(container: Mapping, key: string, field: string): ReadonlySet<string> {
  const texts = new Set<string>();
  for (const item of list(container, key))
    if (typeof item === 'object' && item !== null && !Array.isArray(item))
      texts.add(text(item as Mapping, field) ?? '');
  return texts;
}
