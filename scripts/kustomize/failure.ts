import { Failure } from '../core/failure.ts';
import type { Place } from '../yaml/node.ts';
import { originOf } from '../yaml/place.ts';

/** A build that cannot go on, with the place to mend. */
export function failAt(place: Place | undefined, message: string, cause?: unknown): never {
  throw new Failure(message, { origin: place === undefined ? undefined : originOf(place), cause });
}
