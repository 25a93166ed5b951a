/** An address as 4 or 16 bytes; undefined where the text is none. */
export type Address = readonly number[];

/**
 * @param strict as the server since 1.36 (StrictIPCIDRValidation): no leading zeros in IPv4, no IPv4-mapped IPv6
 */
export function parseIp(text: string, strict: boolean): Address | undefined {
  if (text.includes(':')) {
    const bytes = parseIpv6(text, strict);
    if (bytes === undefined) return undefined;
    return isMapped(bytes) ? (strict ? undefined : bytes.slice(12)) : bytes;
  }
  return parseIpv4(text, strict);
}

function parseIpv4(text: string, strict: boolean): Address | undefined {
  const parts = text.split('.');
  if (parts.length !== 4) return undefined;
  const bytes: number[] = [];
  for (const part of parts) {
    if (!/^[0-9]+$/.test(part) || part.length > (strict ? 3 : 16)) return undefined;
    if (strict && part.length > 1 && part.startsWith('0')) return undefined;
    const byte = Number(part);
    if (byte > 255) return undefined;
    bytes.push(byte);
  }
  return bytes;
}

function parseIpv6(text: string, strict: boolean): Address | undefined {
  const gap = text.indexOf('::');
  if (gap >= 0 && text.indexOf('::', gap + 1) >= 0) return undefined;
  const head = groupsOf(gap < 0 ? text : text.slice(0, gap), gap < 0, strict);
  const tail = gap < 0 ? [] : groupsOf(text.slice(gap + 2), true, strict);
  if (head === undefined || tail === undefined) return undefined;
  const missing = 16 - head.length - tail.length;
  if (gap < 0 ? missing !== 0 : missing < 2) return undefined;
  return [...head, ...new Array<number>(missing).fill(0), ...tail];
}

function groupsOf(text: string, last: boolean, strict: boolean): number[] | undefined {
  if (text === '') return [];
  const groups = text.split(':');
  const bytes: number[] = [];
  for (let i = 0; i < groups.length; i++) {
    const group = groups[i]!;
    if (last && i === groups.length - 1 && group.includes('.')) {
      const v4 = parseIpv4(group, strict);
      if (v4 === undefined) return undefined;
      bytes.push(...v4);
    } else {
      if (!/^[0-9a-fA-F]{1,4}$/.test(group)) return undefined;
      const value = Number.parseInt(group, 16);
      bytes.push(value >> 8, value & 255);
    }
  }
  return bytes;
}

function isMapped(bytes: Address): boolean {
  for (let i = 0; i < 10; i++) if (bytes[i] !== 0) return false;
  return bytes[10] === 255 && bytes[11] === 255;
}

export interface Cidr {
  readonly address: Address;
  readonly bits: number;
}

/** `10.0.0.0/8`; strict refuses bits set beyond the prefix, too. */
export function parseCidr(text: string, strict: boolean): Cidr | undefined {
  const slash = text.indexOf('/');
  if (slash < 0) return undefined;
  const prefix = text.slice(slash + 1);
  if (!/^[0-9]{1,3}$/.test(prefix) || (prefix.length > 1 && prefix.startsWith('0') && strict))
    return undefined;
  const written = text.slice(0, slash);
  const address = parseIp(written, strict);
  if (address === undefined) return undefined;
  const mapped = address.length === 4 && written.includes(':');
  const bits = Number(prefix) - (mapped ? 96 : 0);
  if (bits < 0 || bits > address.length * 8) return undefined;
  if (strict && !networkOf(address, bits).every((byte, index) => byte === address[index])) return undefined;
  return { address, bits };
}

/** The address with all bits beyond the prefix cleared. */
export function networkOf(address: Address, bits: number): Address {
  return address.map((byte, index) => {
    const kept = Math.min(8, Math.max(0, bits - index * 8));
    return byte & (0xff << (8 - kept)) & 0xff;
  });
}

/** Whether `inner` lies within `outer` and is smaller. */
export function strictlyWithin(inner: Cidr, outer: Cidr): boolean {
  return (
    inner.address.length === outer.address.length &&
    inner.bits > outer.bits &&
    networkOf(inner.address, outer.bits).every(
      (byte, index) => byte === networkOf(outer.address, outer.bits)[index],
    )
  );
}

/** What an endpoint or an external IP may not be; undefined where it may. */
export function unreachable(address: Address): string | undefined {
  const [a, b] = address;
  if (address.every((byte) => byte === 0)) return 'unspecified';
  if (address.length === 4) {
    if (a === 127) return 'loopback';
    if (a === 169 && b === 254) return 'link-local';
    if (a === 224 && b === 0 && address[2] === 0) return 'link-local multicast';
    return undefined;
  }
  if (address.every((byte, index) => byte === (index === 15 ? 1 : 0))) return 'loopback';
  if (a === 0xfe && (b! & 0xc0) === 0x80) return 'link-local';
  if (a === 0xff && (b! & 0x0f) === 0x02) return 'link-local multicast';
  return undefined;
}
