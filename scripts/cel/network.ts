import { type Address, networkOf, parseCidr, parseIp } from '../core/address.ts';
import { type CelLibrary, fn } from './library.ts';
import { CelCidr, CelIp, CelUrl } from './values.ts';

const IP = 'net.IP';
const CIDR = 'net.CIDR';
const URL_TYPE = 'kubernetes.URL';

/** As CEL reads them: strict, and without zones. */
function ip(text: string): CelIp {
  const address = parseIp(text, true);
  if (address === undefined) throw new Error(`"${text}" is no IP address`);
  return new CelIp(address);
}

function cidr(text: string): CelCidr {
  const slash = text.indexOf('/');
  const address = slash < 0 ? undefined : parseIp(text.slice(0, slash), true);
  const range = address === undefined ? undefined : parseCidr(text, false);
  if (range === undefined) throw new Error(`"${text}" is no CIDR`);
  return new CelCidr(range);
}

const inRange = ({ range }: CelCidr, address: Address): boolean =>
  range.address.length === address.length &&
  same(networkOf(address, range.bits), networkOf(range.address, range.bits));

const same = (a: Address, b: Address): boolean =>
  a.length === b.length && a.every((byte, index) => byte === b[index]);

function textOf(address: Address): string {
  if (address.length === 4) return address.join('.');
  const groups = Array.from({ length: 8 }, (_, i) =>
    ((address[2 * i]! << 8) | address[2 * i + 1]!).toString(16),
  );
  // The first longest run of two or more zero groups is left out.
  let [start, length] = [-1, 1];
  for (let i = 0; i < 8; i++) {
    let run = 0;
    while (i + run < 8 && groups[i + run] === '0') run++;
    if (run > length) [start, length] = [i, run];
  }
  if (start < 0) return groups.join(':');
  return `${groups.slice(0, start).join(':')}::${groups.slice(start + length).join(':')}`;
}

const isLoopback = (a: Address): boolean =>
  a.length === 4 ? a[0] === 127 : a.every((byte, index) => byte === (index === 15 ? 1 : 0));
const isUnspecified = (a: Address): boolean => a.every((byte) => byte === 0);
const isLinkLocalUnicast = (a: Address): boolean =>
  a.length === 4 ? a[0] === 169 && a[1] === 254 : a[0] === 0xfe && (a[1]! & 0xc0) === 0x80;
const isLinkLocalMulticast = (a: Address): boolean =>
  a.length === 4 ? a[0] === 224 && a[1] === 0 && a[2] === 0 : a[0] === 0xff && (a[1]! & 0x0f) === 2;
const isMulticast = (a: Address): boolean => (a.length === 4 ? (a[0]! & 0xf0) === 0xe0 : a[0] === 0xff);
const isGlobalUnicast = (a: Address): boolean =>
  !isLoopback(a) &&
  !isUnspecified(a) &&
  !isMulticast(a) &&
  !isLinkLocalUnicast(a) &&
  !(a.length === 4 && a.every((byte) => byte === 255));

function attempt(run: () => unknown): boolean {
  try {
    run();
    return true;
  } catch {
    return false;
  }
}

/** As Go's url.ParseRequestURI: an absolute URL, or an absolute path. */
function url(text: string): CelUrl {
  const match = /^(?:([A-Za-z][A-Za-z0-9+.-]*):)?(?:\/\/([^/?]*))?([^?]*)(?:\?(.*))?$/s.exec(text);
  const [, scheme = '', authority, path = '', query = ''] = match ?? [];
  const broken =
    match === null ||
    text === '' ||
    (scheme === '' && !text.startsWith('/')) ||
    /[\p{Cc} ]/u.test(text) ||
    /%(?![0-9A-Fa-f]{2})/.test(path) ||
    (scheme !== '' && authority === undefined && path === '');
  const host = authority?.slice(authority.lastIndexOf('@') + 1) ?? '';
  if (broken || !/^(?:\[[^\]]*\]|[^:[\]]*)(?::\d*)?$/.test(host)) throw new Error(`"${text}" is no URL`);
  return new CelUrl(scheme.toLowerCase(), host, path, query);
}

const hostname = (host: string): string => host.replace(/:\d*$/, '').replace(/^\[(.*)\]$/, '$1');

function queryOf({ query }: CelUrl): Map<string, string[]> {
  const values = new Map<string, string[]>();
  for (const [key, value] of new URLSearchParams(query)) values.set(key, [...(values.get(key) ?? []), value]);
  return values;
}

/** Kubernetes' ip, cidr and URL libraries. */
export const NETWORK: CelLibrary = {
  namespaces: ['ip'],
  types: [
    { name: IP, ctor: CelIp, equal: (a: CelIp, b: CelIp) => same(a.address, b.address) },
    {
      name: CIDR,
      ctor: CelCidr,
      equal: (a: CelCidr, b: CelCidr) =>
        a.range.bits === b.range.bits && same(a.range.address, b.range.address),
    },
    {
      name: URL_TYPE,
      ctor: CelUrl,
      equal: (a: CelUrl, b: CelUrl) =>
        a.scheme === b.scheme && a.host === b.host && a.path === b.path && a.query === b.query,
    },
  ],
  functions: [
    fn(`ip(string): ${IP}`, ip),
    fn('isIP(string): bool', (text: string) => attempt(() => ip(text))),
    fn(
      'ipNamespace.isCanonical(string): bool',
      (_: unknown, text: string) => textOf(ip(text).address) === text,
    ),
    fn(`string(${IP}): string`, ({ address }: CelIp) => textOf(address)),
    fn(`${IP}.family(): int`, ({ address }: CelIp) => (address.length === 4 ? 4n : 6n)),
    fn(`${IP}.isUnspecified(): bool`, ({ address }: CelIp) => isUnspecified(address)),
    fn(`${IP}.isLoopback(): bool`, ({ address }: CelIp) => isLoopback(address)),
    fn(`${IP}.isLinkLocalMulticast(): bool`, ({ address }: CelIp) => isLinkLocalMulticast(address)),
    fn(`${IP}.isLinkLocalUnicast(): bool`, ({ address }: CelIp) => isLinkLocalUnicast(address)),
    fn(`${IP}.isGlobalUnicast(): bool`, ({ address }: CelIp) => isGlobalUnicast(address)),
    fn(`cidr(string): ${CIDR}`, cidr),
    fn('isCIDR(string): bool', (text: string) => attempt(() => cidr(text))),
    fn(`string(${CIDR}): string`, ({ range }: CelCidr) => `${textOf(range.address)}/${range.bits}`),
    fn(`${CIDR}.containsIP(string): bool`, (range: CelCidr, text: string) =>
      inRange(range, ip(text).address),
    ),
    fn(`${CIDR}.containsIP(${IP}): bool`, (range: CelCidr, { address }: CelIp) => inRange(range, address)),
    fn(`${CIDR}.containsCIDR(string): bool`, (range: CelCidr, text: string) => contains(range, cidr(text))),
    fn(`${CIDR}.containsCIDR(${CIDR}): bool`, contains),
    fn(`${CIDR}.ip(): ${IP}`, ({ range }: CelCidr) => new CelIp(range.address)),
    fn(
      `${CIDR}.masked(): ${CIDR}`,
      ({ range }: CelCidr) => new CelCidr({ ...range, address: networkOf(range.address, range.bits) }),
    ),
    fn(`${CIDR}.prefixLength(): int`, ({ range }: CelCidr) => BigInt(range.bits)),
    fn(`url(string): ${URL_TYPE}`, url),
    fn('isURL(string): bool', (text: string) => attempt(() => url(text))),
    fn(`${URL_TYPE}.getScheme(): string`, ({ scheme }: CelUrl) => scheme),
    fn(`${URL_TYPE}.getHost(): string`, ({ host }: CelUrl) => host),
    fn(`${URL_TYPE}.getHostname(): string`, ({ host }: CelUrl) => hostname(host)),
    fn(`${URL_TYPE}.getPort(): string`, ({ host }: CelUrl) => /:(\d*)$/.exec(host)?.[1] ?? ''),
    fn(`${URL_TYPE}.getEscapedPath(): string`, ({ path }: CelUrl) => path),
    fn(`${URL_TYPE}.getQuery(): map<string, list<string>>`, queryOf),
  ],
};

function contains(outer: CelCidr, inner: CelCidr): boolean {
  return inner.range.bits >= outer.range.bits && inRange(outer, inner.range.address);
}
