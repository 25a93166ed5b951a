/** The handler of a function; CEL's checker has seen to the types of its arguments. */
export type Handler = (...args: never[]) => unknown;

export interface CelFunction {
  /** `string.charAt(int): string`, as the library writes signatures. */
  readonly signature: string;
  readonly run: Handler;
}

/** One of the libraries that Kubernetes adds to CEL. */
export interface CelLibrary {
  /** The minor version of Kubernetes that has it first, where that is newer than what this repository supports. */
  readonly since?: number;
  readonly types?: readonly CelType[];
  /** Names that only hold functions: `sets.contains`. */
  readonly namespaces?: readonly string[];
  readonly functions?: readonly CelFunction[];
}

export interface CelType {
  readonly name: string;
  readonly ctor: new (...args: never[]) => object;
  readonly fields?: Readonly<Record<string, string>>;
  readonly equal: (a: never, b: never) => boolean;
}

export const fn = (signature: string, run: Handler): CelFunction => ({ signature, run });
