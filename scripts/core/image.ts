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
  return { name: tagged.slice(0, colon), tag: tagged.slice(colon + 1), digest };
}
