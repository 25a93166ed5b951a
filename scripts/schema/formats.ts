import { isInt64 } from './scalars.ts';

/**
 * The formats that a CustomResourceDefinition's strings and numbers are held to, after kube-openapi's strfmt.
 * A format that is not here is not checked, as the server ignores those that it does not know.
 */
const STRINGS: Readonly<Record<string, (text: string) => boolean>> = {
  byte: (text) =>
    /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=|[A-Za-z0-9+/]{4})$/.test(text),
  'date-time': isDateTime,
  datetime: isDateTime,
  date: isDate,
  ipv4: (text) => IPV4.test(text) || (text.includes('.') && isIPv6(text)),
  ipv6: isIPv6,
  cidr: isCidr,
  mac: (text) => /^[0-9a-f]{2}([:-])[0-9a-f]{2}(?:\1[0-9a-f]{2}){4}(?:(?:\1[0-9a-f]{2}){2})?$/i.test(text),
  uuid: (text) => UUID.test(text),
  uuid3: (text) => /^[0-9a-f]{8}-?[0-9a-f]{4}-?3[0-9a-f]{3}-?[0-9a-f]{4}-?[0-9a-f]{12}$/i.test(text),
  uuid4: (text) => /^[0-9a-f]{8}-?[0-9a-f]{4}-?4[0-9a-f]{3}-?[89ab][0-9a-f]{3}-?[0-9a-f]{12}$/i.test(text),
  uuid5: (text) => /^[0-9a-f]{8}-?[0-9a-f]{4}-?5[0-9a-f]{3}-?[89ab][0-9a-f]{3}-?[0-9a-f]{12}$/i.test(text),
  uri: isRequestUri,
  email: (text) => /^[^@<>\s]+@[^@<>\s]+$|<[^@<>\s]+@[^@<>\s]+>$/.test(text),
  hostname: isHostname,
  duration: isDuration,
};

/** Whether a value has a format, or undefined for a format that nobody checks. */
export function formatOf(name: string): ((value: unknown) => boolean) | undefined {
  const check = Object.hasOwn(STRINGS, name) ? STRINGS[name] : undefined;
  if (check !== undefined) return (value) => typeof value !== 'string' || check(value);
  if (name === 'int32')
    return (value) =>
      typeof value !== 'number' || !Number.isInteger(value) || (value >= -(2 ** 31) && value < 2 ** 31);
  if (name === 'int64')
    return (value) =>
      (typeof value !== 'number' && typeof value !== 'bigint') || !isWhole(value) || isInt64(value);
  return undefined;
}

const isWhole = (value: number | bigint) => typeof value === 'bigint' || Number.isInteger(value);

const UUID = /^[0-9a-f]{8}-?[0-9a-f]{4}-?[0-9a-f]{4}-?[0-9a-f]{4}-?[0-9a-f]{12}$/i;
const OCTET = '(?:25[0-5]|2[0-4]\\d|1\\d\\d|[1-9]?\\d)';
const IPV4 = new RegExp(`^${OCTET}(?:\\.${OCTET}){3}$`);

/** As Go's net.ParseIP reads it. */
function isIPv6(text: string): boolean {
  if (!text.includes(':')) return false;
  const halves = text.split('::');
  if (halves.length > 2) return false;
  let groups = 0;
  for (const [index, half] of halves.entries()) {
    if (half === '') continue;
    const parts = half.split(':');
    for (const [at, part] of parts.entries()) {
      const isLast = index === halves.length - 1 && at === parts.length - 1;
      if (isLast && part.includes('.')) {
        if (!IPV4.test(part)) return false;
        groups += 2;
      } else if (/^[0-9a-f]{1,4}$/i.test(part)) groups += 1;
      else return false;
    }
  }
  return halves.length === 2 ? groups < 8 : groups === 8;
}

function isCidr(text: string): boolean {
  const slash = text.lastIndexOf('/');
  const bits = text.slice(slash + 1);
  if (slash < 0 || !/^(0|[1-9]\d{0,2})$/.test(bits)) return false;
  const address = text.slice(0, slash);
  return IPV4.test(address) ? Number(bits) <= 32 : isIPv6(address) && Number(bits) <= 128;
}

function isDate(text: string): boolean {
  const match = /^(\d{4})-(\d\d)-(\d\d)$/.exec(text);
  if (match === null) return false;
  const time = new Date(`${text}T00:00:00Z`);
  return !Number.isNaN(time.getTime()) && time.toISOString().startsWith(text);
}

function isDateTime(text: string): boolean {
  const match = /^(\d{4}-\d\d-\d\d)t(\d\d):(\d\d):(\d\d)(?:.\d+)?(?:z|[+-]\d\d:\d\d)$/.exec(
    text.toLowerCase(),
  );
  if (match === null || !isDate(match[1]!)) return false;
  return Number(match[2]) <= 23 && Number(match[3]) <= 59 && Number(match[4]) <= 59;
}

/** Go's url.ParseRequestURI: an absolute URI or an absolute path. */
function isRequestUri(text: string): boolean {
  if (text === '' || /[\s<>"{}|\\^`]/.test(text)) return false;
  return text.startsWith('/') || /^[a-z][a-z0-9+.-]*:/i.test(text);
}

function isHostname(text: string): boolean {
  if (text.length > 255 || text === '') return false;
  return text
    .split('.')
    .every((part) => /^[\p{L}\p{N}](?:[\p{L}\p{N}_-]*[\p{L}\p{N}])?$/u.test(part) && part.length <= 63);
}

/** Go's duration text, or a number with a unit in words as strfmt reads it. */
function isDuration(text: string): boolean {
  if (/^[+-]?(?:0|(?:(?:\d+\.?\d*|\.\d+)(?:ns|us|[\u00b5\u03bc]s|ms|s|m|h))+)$/.test(text)) return true;
  return /^\s*(?:\d+\s*(?:ns|nano|us|\u00b5s|micro|ms|milli|s|sec|m|min|h|hr|hour|d|day|w|wk|week)s?\s*)+$/i.test(
    text,
  );
}
