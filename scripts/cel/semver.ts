import { type CelLibrary, fn } from './library.ts';
import { CelSemver } from './values.ts';

const TYPE = 'kubernetes.Semver';
const STRICT =
  /^(0|[1-9]\d*)\.(0|[1-9]\d*)\.(0|[1-9]\d*)(?:-((?:0|[1-9]\d*|\d*[A-Za-z-][0-9A-Za-z-]*)(?:\.(?:0|[1-9]\d*|\d*[A-Za-z-][0-9A-Za-z-]*))*))?(?:\+[0-9A-Za-z-]+(?:\.[0-9A-Za-z-]+)*)?$/;

/** `v1.2` and `01.2.3` are read as `1.2.0` and `1.2.3` where the expression asks for it. */
function normalized(text: string): string {
  const [, numbers = '', rest = ''] = /^v?([0-9.]+)(.*)$/.exec(text) ?? [];
  if (numbers === '') return text;
  const parts = numbers.split('.').map((part) => part.replace(/^0+(?=\d)/, ''));
  while (parts.length < 3) parts.push('0');
  return parts.join('.') + rest;
}

function parse(text: string, normalize: boolean): CelSemver | undefined {
  const match = STRICT.exec(normalize ? normalized(text) : text);
  if (match === null) return undefined;
  const [, major, minor, patch, pre] = match;
  return new CelSemver([BigInt(major!), BigInt(minor!), BigInt(patch!)], pre?.split('.') ?? []);
}

function semver(text: string, normalize = false): CelSemver {
  const version = parse(text, normalize);
  if (version === undefined) throw new Error(`"${text}" is no semantic version`);
  return version;
}

function compare(a: CelSemver, b: CelSemver): bigint {
  for (let i = 0; i < 3; i++)
    if (a.numbers[i] !== b.numbers[i]) return a.numbers[i]! < b.numbers[i]! ? -1n : 1n;
  if (a.pre.length === 0 || b.pre.length === 0) return BigInt(Math.sign(b.pre.length - a.pre.length));
  for (let i = 0; i < Math.max(a.pre.length, b.pre.length); i++) {
    const [x, y] = [a.pre[i], b.pre[i]];
    if (x === undefined || y === undefined) return x === undefined ? -1n : 1n;
    if (x === y) continue;
    const [numericX, numericY] = [/^\d+$/.test(x), /^\d+$/.test(y)];
    if (numericX && numericY) return BigInt(x) < BigInt(y) ? -1n : 1n;
    if (numericX !== numericY) return numericX ? -1n : 1n;
    return x < y ? -1n : 1n;
  }
  return 0n;
}

/** Kubernetes' semver library. */
export const SEMVER: CelLibrary = {
  types: [{ name: TYPE, ctor: CelSemver, equal: (a: CelSemver, b: CelSemver) => compare(a, b) === 0n }],
  functions: [
    fn(`semver(string): ${TYPE}`, (text: string) => semver(text)),
    fn(`semver(string, bool): ${TYPE}`, semver),
    fn('isSemver(string): bool', (text: string) => parse(text, false) !== undefined),
    fn(
      'isSemver(string, bool): bool',
      (text: string, normalize: boolean) => parse(text, normalize) !== undefined,
    ),
    fn(`${TYPE}.major(): int`, ({ numbers }: CelSemver) => numbers[0]),
    fn(`${TYPE}.minor(): int`, ({ numbers }: CelSemver) => numbers[1]),
    fn(`${TYPE}.patch(): int`, ({ numbers }: CelSemver) => numbers[2]),
    fn(`${TYPE}.compareTo(${TYPE}): int`, compare),
    fn(`${TYPE}.isLessThan(${TYPE}): bool`, (a: CelSemver, b: CelSemver) => compare(a, b) < 0n),
    fn(`${TYPE}.isGreaterThan(${TYPE}): bool`, (a: CelSemver, b: CelSemver) => compare(a, b) > 0n),
  ],
};
