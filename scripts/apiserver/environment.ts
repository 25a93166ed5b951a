import { passes } from '../core/likeness.ts';
import type { Mapping, Value } from '../core/value.ts';
import { checkFieldRef, checkResourceFieldRef, ENVIRONMENT_FIELDS } from './downward.ts';
import type { Field } from './field.ts';
import { needSyntax, needText, syntaxOf } from './fields.ts';
import { each, has, inside, list, text } from './read.ts';
import { serverRule } from './rule.ts';
import { Seen } from './seen.ts';
import { CONFIG_MAP_KEY, DNS_LABEL, DNS_SUBDOMAIN, ENV_NAME, hasBackstep } from './syntax.ts';
import type { Volumes } from './volumes.ts';

export const REFUSED_ENVIRONMENT = serverRule({
  id: 'refused-environment',
  title: 'Environment of a container that the API server refuses',
  why: 'A variable has one name and one source; with none or several the server cannot tell what its value would be.',
  fix: 'Give the variable either a `value` or one source in `valueFrom`, with the name and the key that the source needs.',
  covers: [
    'names of variables',
    'exactly one source in `valueFrom`, and no `value` beside it',
    'fields and resources that the downward API knows, with their divisors',
    'names and keys of ConfigMaps and Secrets',
    'exactly one source in an entry of `envFrom`',
  ],
});

const SOURCES = ['fieldRef', 'resourceFieldRef', 'configMapKeyRef', 'secretKeyRef', 'fileKeyRef'];

export function checkEnvironment(container: Mapping, parent: Field, volumes: Volumes): void {
  if (!has(container, 'env') && !has(container, 'envFrom')) return;
  const at = parent.under(REFUSED_ENVIRONMENT);
  checkVariables(container, at, volumes);
  checkSources(container, at);
}

const seen = new Seen();

function checkVariables(container: Mapping, at: Field, volumes: Volumes): void {
  const variables = list(container, 'env');
  if (variables.length === 0 || seen.has(variables, at)) return;
  const before = at.count;
  let ofFile = false;
  each(container, 'env', at, (variable, place) => {
    needSyntax(variable, 'name', ENV_NAME, place);
    inside(variable, 'valueFrom', place, (source, here) => {
      if (has(source, 'fileKeyRef')) ofFile = true;
      checkValueFrom(source, here, (text(variable, 'value') ?? '') !== '', volumes);
    });
  });
  // A variable from a file depends on the volumes of the pod, too.
  if (!ofFile) seen.passed(variables, at, before);
}

function checkSources(container: Mapping, at: Field): void {
  each(container, 'envFrom', at, (source, place) => {
    syntaxOf(source, 'prefix', ENV_NAME, place);
    for (const key of ['configMapRef', 'secretRef'])
      inside(source, key, place, (ref, here) => {
        if (passes(ref, 'name', isSourceName)) return;
        if (needText(ref, 'name', 'a name', here))
          here.at('name').invalid(text(ref, 'name') ?? '', DNS_SUBDOMAIN.expected);
      });
    const count = Number(has(source, 'configMapRef')) + Number(has(source, 'secretRef'));
    if (count !== 1) {
      // The server names the list, not its item.
      const item = place.path.at(-1);
      at.at('envFrom')
        .within(item ?? 0)
        .refuse(
          `the entry has ${count === 0 ? 'no source' : 'two sources'}, expected one of configMapRef, secretRef`,
        );
    }
  });
}

/** Checked as a prefix: a "-" at the end passes. */
function isSourceName(name: Value | undefined): boolean {
  return (
    typeof name === 'string' &&
    name !== '' &&
    DNS_SUBDOMAIN.test(name.endsWith('-') && name.length > 1 ? `${name.slice(0, -2)}a` : name)
  );
}

function checkValueFrom(source: Mapping, at: Field, hasValue: boolean, volumes: Volumes): void {
  inside(source, 'fieldRef', at, (ref, here) => checkFieldRef(ref, here, ENVIRONMENT_FIELDS));
  inside(source, 'resourceFieldRef', at, (ref, here) => checkResourceFieldRef(ref, here, false));
  for (const key of ['configMapKeyRef', 'secretKeyRef'])
    inside(source, key, at, (ref, here) => {
      const name = ref.name ?? '';
      if (typeof name === 'string' && !DNS_SUBDOMAIN.test(name))
        here.at('name').invalid(name, DNS_SUBDOMAIN.expected);
      needSyntax(ref, 'key', CONFIG_MAP_KEY, here);
    });
  inside(source, 'fileKeyRef', at, (ref, here) => checkFileKeyRef(ref, here, volumes));
  let count = 0;
  for (const key of SOURCES) if (has(source, key)) count++;
  if (count === 0) at.refuse(`${at.label} has no source, expected one of ${SOURCES.join(', ')}`);
  else if (hasValue) at.refuse(`${at.label} is set besides a value, expected one of them`);
  else if (count > 1) at.refuse(`${at.label} has ${count} sources, expected one`);
}

/** Since 1.35 (EnvFiles): a variable from a file in an emptyDir volume. */
function checkFileKeyRef(ref: Mapping, at: Field, volumes: Volumes): void {
  needSyntax(ref, 'key', ENV_NAME, at);
  if (needSyntax(ref, 'volumeName', DNS_LABEL, at)) {
    const name = text(ref, 'volumeName') ?? '';
    const volume = volumes.byName.get(name);
    if (volume === undefined) {
      if (name !== '') at.at('volumeName').notFound(name, 'a volume of the pod');
    } else if (!isEmptyDir(volume)) at.at('volumeName').invalid(name, 'an emptyDir volume');
  }
  if (!needText(ref, 'path', 'a relative path', at)) return;
  const path = text(ref, 'path') ?? '';
  if (path.startsWith('/') || hasBackstep(path)) at.at('path').invalid(path, 'a relative path without ".."');
}

/** A volume without a source is an emptyDir by default. */
function isEmptyDir(volume: Mapping): boolean {
  return has(volume, 'emptyDir') || Object.keys(volume).every((key) => key === 'name' || !has(volume, key));
}
