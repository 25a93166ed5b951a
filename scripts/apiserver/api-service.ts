import type { Mapping } from '../core/value.ts';
import type { Field } from './field.ts';
import { needText } from './fields.ts';
import type { ServerKind } from './kind.ts';
import { flag, integer, mapping, text } from './read.ts';
import { serverRule } from './rule.ts';
import { DNS_1035_LABEL, DNS_SUBDOMAIN } from './syntax.ts';

export const REFUSED_API_SERVICE = serverRule({
  id: 'refused-api-service',
  title: 'APIService that the API server refuses',
  why: 'An APIService adds an API group to the cluster, so its name must say which one and its service where it is.',
  fix: 'Name it `<version>.<group>`, give priorities within their bounds, and a complete service reference with either a CA bundle or no verification.',
  covers: [
    '`metadata.name` is `<version>.<group>`',
    'group, version and both priorities',
    'the service reference, its port, and a CA bundle or no verification',
  ],
});

function checkApiService(object: Mapping, root: Field): void {
  const at = root.under(REFUSED_API_SERVICE);
  const spec = mapping(object, 'spec') ?? {};
  const place = at.at('spec');
  const group = text(spec, 'group') ?? '';
  const version = text(spec, 'version') ?? '';
  const metadata = mapping(object, 'metadata') ?? {};
  for (const key of ['name', 'generateName']) {
    const name = text(metadata, key) ?? '';
    if (name !== '' && name !== `${version}.${group}`)
      at.at('metadata').at(key).invalid(name, `"${version}.${group}"`);
  }
  if (group === '' && version !== 'v1') place.at('group').required('an API group');
  if (group !== '' && !DNS_SUBDOMAIN.test(group)) place.at('group').invalid(group, DNS_SUBDOMAIN.expected);
  if (!DNS_1035_LABEL.test(version)) place.at('version').invalid(version, DNS_1035_LABEL.expected);
  checkPriority(spec, 'groupPriorityMinimum', 20_000, place);
  checkPriority(spec, 'versionPriority', 1_000, place);
  checkService(spec, place);
}

function checkPriority(spec: Mapping, key: string, most: number, at: Field): void {
  const value = integer(spec, key) ?? 0;
  if (value < 1 || value > most) at.at(key).invalid(value, `1 to ${most}`);
}

function checkService(spec: Mapping, at: Field): void {
  const service = mapping(spec, 'service');
  const bundle = (text(spec, 'caBundle') ?? '') !== '';
  const unverified = flag(spec, 'insecureSkipTLSVerify') === true;
  if (service === undefined) {
    if (bundle) at.at('caBundle').forbidden('without a service');
    if (unverified) at.at('insecureSkipTLSVerify').forbidden('without a service');
    return;
  }
  const place = at.at('service');
  needText(service, 'namespace', 'the namespace of the service', place);
  needText(service, 'name', 'the name of the service', place);
  const port = integer(service, 'port') ?? 443;
  if (port < 1 || port > 65_535) place.at('port').invalid(port, '1 to 65535');
  if (unverified && bundle) at.at('insecureSkipTLSVerify').forbidden('beside caBundle');
}

export const API_SERVICE_KINDS: readonly ServerKind[] = [
  {
    group: 'apiregistration.k8s.io',
    kind: 'APIService',
    namespaced: false,
    name: undefined,
    check: checkApiService,
    rules: [REFUSED_API_SERVICE],
  },
];
