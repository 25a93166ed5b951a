/** An image reference in its parts, as the container runtime reads it. */
export interface Image {
  /** With its registry: `ghcr.io/planetarium/web`. */
  readonly name: string;
  readonly tag: string | undefined;
  /** `sha256:…` */
  readonly digest: string | undefined;
}

export function parseImage(reference: string): Image {
  const at = reference.indexOf('@');
  const tagged = at < 0 ? reference : reference.slice(0, at);
  const digest = at < 0 ? undefined : reference.slice(at + 1);
  // A colon before the last slash belongs to the registry's port.
  const colon = tagged.lastIndexOf(':');
  if (colon < 0 || colon < tagged.lastIndexOf('/')) return { name: tagged, tag: undefined, digest };
  return { name: tagged.slice(0, colon), tag: tagged.slice(colon + 1) || undefined, digest };
}

/** What keeps a container runtime from reading a reference (github.com/distribution/reference), or undefined. */
export function imageFault(reference: string): string | undefined {
  const { name, tag, digest } = parseImage(reference);
  if (digest !== undefined) {
    const [algorithm = '', hash = ''] = split(digest, ':');
    const length = HASH_LENGTHS[algorithm];
    if (length === undefined)
      return `has a digest of "${algorithm}", expected ${Object.keys(HASH_LENGTHS).join(', ')}`;
    if (hash.length !== length)
      return `has a ${algorithm} digest of ${hash.length} characters, expected ${length}`;
    if (!/^[0-9a-f]+$/.test(hash))
      return `has the digest "${digest}", expected hexadecimal digits in lower case`;
  }
  if (tag !== undefined && !/^\w[\w.-]{0,127}$/.test(tag))
    return `has the tag "${tag}", expected at most 128 letters, digits, "_", "." and "-"`;
  if (!NAME.test(name))
    return `is "${name}", expected a registry and a path of a-z, 0-9 and single ".", "_", "-" between them`;
  return undefined;
}

/** Hexadecimal digits of each algorithm that runtimes know (github.com/opencontainers/go-digest). */
const HASH_LENGTHS: Readonly<Record<string, number>> = { sha256: 64, sha384: 96, sha512: 128 };

const PART = '[a-z0-9]+(?:(?:\\.|_|__|-+)[a-z0-9]+)*';
const HOST = '[a-zA-Z0-9](?:[a-zA-Z0-9-]*[a-zA-Z0-9])?';
const NAME = new RegExp(
  `^(?:(?:${HOST}(?:\\.${HOST})*|\\[[0-9a-fA-F:]+\\])(?::[0-9]+)?/)?${PART}(?:/${PART})*$`,
);

function split(text: string, at: string): readonly string[] {
  const index = text.indexOf(at);
  return index < 0 ? [text] : [text.slice(0, index), text.slice(index + at.length)];
}
