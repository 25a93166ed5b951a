import type { Mapping } from '../core/value.ts';
import type { Field } from './field.ts';
import { needItems } from './fields.ts';
import { eachText, has, inside, integer, list, text, textOf } from './read.ts';
import { DNS_1035_LABEL, DNS_SUBDOMAIN } from './syntax.ts';

/** How the API server reaches a webhook: of admission and of conversion. */
export function checkWebhookClient(client: Mapping, at: Field): void {
  if (has(client, 'url') === has(client, 'service')) {
    at.refuse(
      `${at.label} has ${has(client, 'url') ? 'a url and a service' : 'no url and no service'}, expected exactly one of them`,
    );
    return;
  }
  const url = text(client, 'url');
  if (url !== undefined) checkUrl(url, at.at('url'));
  inside(client, 'service', at, checkService);
}

/** As Go's url.Parse splits and refuses: it knows no special schemes. */
const URL_PARTS = /^(?:([A-Za-z][A-Za-z0-9+.-]*):)?(?:\/\/([^/?#]*))?([^?#]*)(\?[^#]*)?(#.*)?$/s;
const HOST = /^(?:\[[0-9A-Fa-f:.%]+\]|[A-Za-z0-9\-._~!$&'()*+,;=<>"%\u0080-\uffff]*)(?::\d*)?$/;

function checkUrl(url: string, at: Field): void {
  const [, scheme = '', authority = '', path = '', query = '', fragment = ''] = URL_PARTS.exec(url) ?? [];
  const host = authority.slice(authority.lastIndexOf('@') + 1);
  if (/\p{Cc}/u.test(url) || !HOST.test(host) || /%(?![0-9A-Fa-f]{2})/.test(host + path)) {
    at.invalid(url, 'a URL such as "https://example.com/hook"');
    return;
  }
  if (scheme.toLowerCase() !== 'https') at.invalid(url, 'a URL of scheme https');
  if (host === '') at.invalid(url, 'a URL with a host');
  if (authority.includes('@')) at.invalid(url, 'a URL without user information');
  if (fragment.length > 1) at.invalid(url, 'a URL without fragment');
  if (query.length > 1) at.invalid(url, 'a URL without query');
}

function checkService(service: Mapping, at: Field): void {
  // The server passes both to its check the other way round, and so names the one for the other.
  for (const [key, named] of [
    ['name', 'namespace'],
    ['namespace', 'name'],
  ] as const)
    if ((service[key] ?? '') === '') at.alias(named, key).required(`the ${key} of the service`);
  const port = integer(service, 'port');
  if (port !== undefined && (port < 1 || port > 65_535)) at.at('port').invalid(port, '1 to 65535');
  const path = text(service, 'path') ?? '';
  if (path === '' || path === '/') return;
  if (!path.startsWith('/')) {
    at.at('path').invalid(path, 'a path that begins with "/"');
    return;
  }
  const inner = path.slice(1);
  for (const step of (inner.endsWith('/') && path !== '//' ? inner.slice(0, -1) : inner).split('/'))
    if (!DNS_SUBDOMAIN.test(step)) {
      at.at('path').invalid(path, `steps between "/" that are each ${DNS_SUBDOMAIN.expected}`);
      return;
    }
}

const REVIEWS = ['v1', 'v1beta1'];

/** `admissionReviewVersions` and `conversionReviewVersions`. */
export function checkReviewVersions(map: Mapping, key: string, at: Field): void {
  if (!needItems(map, key, `one of ${REVIEWS.join(', ')}`, at)) return;
  const seen = new Set<string>();
  eachText(map, key, at, (version, place) => {
    if (seen.has(version)) place.duplicate(version);
    else if (!DNS_1035_LABEL.test(version)) place.invalid(version, DNS_1035_LABEL.expected);
    seen.add(version);
  });
  const versions = list(map, key).map(textOf);
  if (!versions.some((version) => version !== undefined && REVIEWS.includes(version)))
    at.at(key).refuse(`${key} hold none of ${REVIEWS.join(', ')}, expected at least one of them`);
}
