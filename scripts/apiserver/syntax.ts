/** What a text has to look like; `expected` completes "expected …" in a message. */
export interface Syntax {
  readonly expected: string;
  readonly test: (text: string) => boolean;
  /** What the prefix of a generated name is held to, where that is less. */
  readonly prefix?: Syntax;
}

const LABEL = /^[a-z0-9](?:[-a-z0-9]*[a-z0-9])?$/;
const LABEL_1035 = /^[a-z](?:[-a-z0-9]*[a-z0-9])?$/;
const SUBDOMAIN = /^[a-z0-9](?:[-a-z0-9]*[a-z0-9])?(?:\.[a-z0-9](?:[-a-z0-9]*[a-z0-9])?)*$/;
const UNDERSCORE_SUBDOMAIN = /^_?[a-z0-9](?:[-_a-z0-9]*[a-z0-9])?(?:\._?[a-z0-9](?:[-_a-z0-9]*[a-z0-9])?)*$/;
const QUALIFIED = /^[A-Za-z0-9](?:[-A-Za-z0-9_.]*[A-Za-z0-9])?$/;
const CONFIG_KEY = /^[-._a-zA-Z0-9]+$/;
const HEADER = /^[-A-Za-z0-9]+$/;
const C_IDENTIFIER = /^[A-Za-z_][A-Za-z0-9_]*$/;
const PERCENT = /^[0-9]+%$/;
const SYSCTL = /^(?:[a-z0-9](?:[-_a-z0-9]*[a-z0-9])?[./])*[a-z0-9](?:[-_a-z0-9]*[a-z0-9])?$/;
const DOMAIN_PATH = /^[A-Za-z0-9/\-._~%!$&'()*+,;=:]+$/;

/** RFC 1123: names of namespaces, containers, volumes. */
export const DNS_LABEL: Syntax = {
  expected: 'a DNS label: a-z, 0-9 and "-", an alphanumeric at both ends, at most 63 characters',
  test: (text) => text.length <= 63 && LABEL.test(text),
};

/** RFC 1035: as RFC 1123, beginning with a letter. */
export const DNS_1035_LABEL: Syntax = {
  expected: 'a DNS label that begins with a letter: a-z, 0-9 and "-", at most 63 characters',
  test: (text) => text.length <= 63 && LABEL_1035.test(text),
};

/** RFC 1123: names of most objects. */
export const DNS_SUBDOMAIN: Syntax = {
  expected:
    'a DNS subdomain: a-z, 0-9, "-" and ".", an alphanumeric at both ends of each part, at most 253 characters',
  test: (text) => text.length <= 253 && SUBDOMAIN.test(text),
};

export const DNS_SUBDOMAIN_UNDERSCORE: Syntax = {
  expected: 'a DNS subdomain: a-z, 0-9, "-", "_" and ".", at most 253 characters',
  test: (text) => text.length <= 253 && UNDERSCORE_SUBDOMAIN.test(text),
};

export const WILDCARD_SUBDOMAIN: Syntax = {
  expected: 'a DNS name whose first part alone is "*"',
  test: (text) => text.length <= 253 && text.startsWith('*.') && SUBDOMAIN.test(text.slice(2)),
};

/** Names of webhooks: at least three parts. */
export const QUALIFIED_DOMAIN: Syntax = {
  expected: 'a DNS name of at least three parts, such as "pods.example.com"',
  test: (text) => DNS_SUBDOMAIN.test(text) && text.split('.').length >= 3,
};

/** Keys of labels and annotations (annotations lower-cased), finalizers, condition types. */
export const QUALIFIED_NAME: Syntax = {
  expected:
    'a name of at most 63 characters (A-Z, a-z, 0-9, "-", "_" and ".", an alphanumeric at both ends), with a DNS subdomain and "/" before it or not',
  test: isQualifiedName,
};

export const LABEL_VALUE: Syntax = {
  expected:
    'a label value: empty, or at most 63 characters of A-Z, a-z, 0-9, "-", "_" and ".", an alphanumeric at both ends',
  test: (text) => text === '' || (text.length <= 63 && QUALIFIED.test(text)),
};

/** RBAC names and references that become a step of a URL. */
export const PATH_SEGMENT: Syntax = {
  expected: 'a name other than "." and "..", without "/" and "%"',
  test: (text) => text !== '.' && text !== '..' && !text.includes('/') && !text.includes('%'),
};

/** IANA service names: names of container ports. */
export const PORT_NAME: Syntax = {
  expected:
    'a port name: at most 15 characters of a-z, 0-9 and "-", at least one letter, no "--", no "-" at either end',
  test: (text) => text.length <= 15 && LABEL.test(text) && !text.includes('--') && /[a-z]/.test(text),
};

export const PERCENTAGE: Syntax = {
  expected: 'a percentage such as "25%"',
  test: (text) => PERCENT.test(text),
};

/** Relaxed since 1.32: anything printable but "=". */
export const ENV_NAME: Syntax = {
  expected: 'printable ASCII characters without "="',
  test(text) {
    if (text === '') return false;
    for (let i = 0; i < text.length; i++) {
      const code = text.charCodeAt(i);
      if (code < 0x20 || code > 0x7e || code === 0x3d) return false;
    }
    return true;
  },
};

/** Keys of ConfigMaps and Secrets. */
export const CONFIG_MAP_KEY: Syntax = {
  expected:
    'a key of at most 253 characters of A-Z, a-z, 0-9, "-", "_" and ".", not "." and not beginning with ".."',
  test: (text) => text.length <= 253 && CONFIG_KEY.test(text) && text !== '.' && !text.startsWith('..'),
};

export const HTTP_HEADER_NAME: Syntax = {
  expected: 'a header name of A-Z, a-z, 0-9 and "-"',
  test: (text) => HEADER.test(text),
};

export const C_NAME: Syntax = {
  expected: 'letters, digits and "_", not beginning with a digit',
  test: (text) => C_IDENTIFIER.test(text),
};

export const SYSCTL_NAME: Syntax = {
  expected: 'the name of a sysctl, such as "net.core.somaxconn"',
  test: (text) => text.length <= 253 && SYSCTL.test(text),
};

export const DOMAIN_PREFIXED_PATH: Syntax = {
  expected: 'a domain and a path, such as "example.com/controller"',
  test(text) {
    const slash = text.indexOf('/');
    return (
      slash > 0 &&
      slash < text.length - 1 &&
      DNS_SUBDOMAIN.test(text.slice(0, slash)) &&
      DOMAIN_PATH.test(text.slice(slash + 1))
    );
  },
};

/** Below a directory: not absolute, without `..`. */
export const RELATIVE_PATH: Syntax = {
  expected: 'a relative path without ".."',
  test: (text) => !text.startsWith('/') && !hasBackstep(text),
};

/** As RELATIVE_PATH, and nothing that begins with `..`, which the kubelet keeps for itself. */
export const LOCAL_PATH: Syntax = {
  expected: 'a relative path that does not begin with ".." and has no ".." in it',
  test: (text) => RELATIVE_PATH.test(text) && !text.startsWith('..'),
};

export function hasBackstep(path: string): boolean {
  return path.includes('..') && path.split('/').includes('..');
}

function isQualifiedName(text: string): boolean {
  const slash = text.indexOf('/');
  if (slash < 0) return text.length <= 63 && QUALIFIED.test(text);
  const name = text.slice(slash + 1);
  return name.length <= 63 && QUALIFIED.test(name) && DNS_SUBDOMAIN.test(text.slice(0, slash));
}
