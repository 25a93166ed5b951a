import type { Origin } from './origin.ts';

/**
 * The work could not be done (unreadable file, unknown version, a kustomization that does not build).
 * Entries print the message and end with exit code 2. A wrong manifest is a Finding, not a Failure.
 */
export class Failure extends Error {
  readonly origin: Origin | undefined;

  /** @param message what was being done to which file, and what to do; no final full stop */
  constructor(
    message: string,
    options: { readonly origin?: Origin | undefined; readonly cause?: unknown } = {},
  ) {
    super(message, { cause: options.cause });
    this.name = 'Failure';
    this.origin = options.origin;
  }
}
