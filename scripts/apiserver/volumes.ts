import type { Mapping } from '../core/value.ts';
import type { Field } from './field.ts';
import { needSyntax, needText } from './fields.ts';
import { has, itemOf, list, mapping, text } from './read.ts';
import { serverRule } from './rule.ts';
import { Seen } from './seen.ts';
import { DNS_LABEL, DNS_SUBDOMAIN } from './syntax.ts';
import { POD_SOURCES, type VolumeSource } from './volume-sources.ts';

export const REFUSED_VOLUME = serverRule({
  id: 'refused-volume',
  title: 'Volume that the API server refuses',
  why: 'A volume has exactly one source, and each source needs the fields without which a node could not mount it.',
  fix: 'Keep one source and give it the fields that it asks for; paths of items are relative and without "..".',
  covers: [
    'names of volumes are DNS labels, each once',
    'one source a volume, with its mandatory fields, for every kind of source that Kubernetes has',
    'items of Secrets, ConfigMaps, projected and downward API volumes: keys, relative paths, modes from 0 to 0777, no path twice',
    'fields that the downward API knows',
  ],
});

/** What the rest of a pod needs to know of its volumes. */
export interface Volumes {
  /** Valid volumes by name; those with mistakes of their own cannot be mounted, as for the server. */
  readonly byName: ReadonlyMap<string, Mapping>;
}

/**
 * The volumes of a pod.
 * @param podName where a bare pod is checked, whose ephemeral volumes become claims named after it
 * @param before volumes that come from elsewhere: a StatefulSet's claim templates
 */
export function checkVolumes(
  spec: Mapping,
  parent: Field,
  podName: string | undefined,
  before: ReadonlyMap<string, Mapping> | undefined,
): Volumes {
  const byName = new Map<string, Mapping>(before);
  const volumes = list(spec, 'volumes');
  if (volumes.length === 0) return { byName };
  const names = new Set<string>();
  const claims = podName === undefined ? undefined : claimsOf(volumes.map(itemOf), podName);
  const here = parent.under(REFUSED_VOLUME).at('volumes');
  let dropped = 0;
  for (let i = 0; i < volumes.length; i++) {
    const volume = itemOf(volumes[i]);
    if (volume === undefined) continue;
    const name = text(volume, 'name') ?? '';
    // A template's volume of the same name gives way to the claim.
    if (before?.has(name)) {
      dropped++;
      continue;
    }
    // The server counts the claims first.
    const at =
      before === undefined || before.size === 0 ? here.at(i) : here.alias(before.size + i - dropped, i);
    const count = at.count;
    if (podName !== undefined || !seen.has(volume, at)) {
      checkSource(volume, at, name, podName);
      if (podName === undefined) seen.passed(volume, at, count);
    }
    needSyntax(volume, 'name', DNS_LABEL, at);
    if (names.has(name)) at.at('name').duplicate(name);
    if (at.count === count) {
      names.add(name);
      byName.set(name, volume);
    }
    const claim = mapping(volume, 'persistentVolumeClaim');
    if (claim !== undefined && claims?.has(text(claim, 'claimName') ?? ''))
      at.at('persistentVolumeClaim')
        .at('claimName')
        .invalid(text(claim, 'claimName'), "a claim other than those of the pod's own ephemeral volumes");
  }
  return { byName };
}

const seen = new Seen();

function claimsOf(volumes: readonly (Mapping | undefined)[], podName: string): ReadonlySet<string> {
  const claims = new Set<string>();
  for (const volume of volumes)
    if (volume !== undefined && has(volume, 'ephemeral'))
      claims.add(`${podName}-${text(volume, 'name') ?? ''}`);
  return claims;
}

const order = new Map(POD_SOURCES.map((source, index) => [source.key, index]));

/** In the order in which the server looks at them; as a rule there is one. */
function sourcesOf(volume: Mapping): readonly VolumeSource[] {
  const found: number[] = [];
  for (const key in volume) {
    const index = order.get(key);
    if (index !== undefined && has(volume, key)) found.push(index);
  }
  return found.sort((a, b) => a - b).map((index) => POD_SOURCES[index]!);
}

function checkSource(volume: Mapping, at: Field, name: string, podName: string | undefined): void {
  const sources = sourcesOf(volume);
  for (const source of sources) {
    const first = sources[0]!.key;
    if (source.key !== first) {
      at.alias(source.second ?? source.key, source.key).refuse(
        `volume has ${source.key} besides ${first}, expected one source`,
      );
      continue;
    }
    const content = mapping(volume, source.key);
    if (content !== undefined) source.check(content, at.alias(source.named ?? source.key, source.key));
  }
  const image = mapping(volume, 'image');
  // Templates are held to it since 1.37.
  if (image !== undefined && (podName !== undefined || at.context.minor >= 37))
    needText(image, 'reference', 'an image', at.at('image'));
  const iscsi = mapping(volume, 'iscsi');
  if (iscsi !== undefined && has(iscsi, 'initiatorName')) {
    if (`${name}:${text(iscsi, 'targetPortal') ?? ''}`.length > 64)
      at.at('name').invalid(
        name,
        'at most 64 characters together with the targetPortal, since initiatorName is set',
      );
  }
  if (podName !== undefined && name !== '' && has(volume, 'ephemeral')) {
    const claim = `${podName}-${name}`;
    if (!DNS_SUBDOMAIN.test(claim))
      at.at('name').refuse(`the claim would be named "${claim}", expected ${DNS_SUBDOMAIN.expected}`);
  }
}
