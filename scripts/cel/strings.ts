import { type CelLibrary, fn } from './library.ts';
import { regularExpression } from './regex.ts';

const points = (text: string): string[] => Array.from(text);

/** CEL's string extension as far as the library lacks it, and Kubernetes' own `find` and `findAll`. */
export const STRINGS: CelLibrary = {
  namespaces: ['strings', 'jsonpatch'],
  functions: [
    fn('string.charAt(int): string', (text: string, index: bigint) => {
      const all = points(text);
      if (index < 0n || index > BigInt(all.length)) throw new Error(`index out of range: ${index}`);
      return all[Number(index)] ?? '';
    }),
    fn('string.replace(string, string): string', (text: string, old: string, by: string) =>
      text.split(old).join(by),
    ),
    fn(
      'string.replace(string, string, int): string',
      (text: string, old: string, by: string, most: bigint) => {
        if (most < 0n) return text.split(old).join(by);
        const parts = text.split(old);
        const limit = Number(most);
        return parts.reduce((done, part, index) => `${done}${index <= limit ? by : old}${part}`);
      },
    ),
    fn('stringsNamespace.quote(string): string', (_: unknown, text: string) => JSON.stringify(text)),
    fn('jsonpatchNamespace.escapeKey(string): string', (_: unknown, key: string) =>
      key.replaceAll('~', '~0').replaceAll('/', '~1'),
    ),
    fn('string.matchesRe2(string): bool', (text: string, pattern: string) =>
      regularExpression(pattern).test(text),
    ),
    fn('matchesRe2(string, string): bool', (text: string, pattern: string) =>
      regularExpression(pattern).test(text),
    ),
    fn(
      'string.find(string): string',
      (text: string, pattern: string) => regularExpression(pattern).exec(text)?.[0] ?? '',
    ),
    fn('string.findAll(string): list<string>', (text: string, pattern: string) => all(text, pattern, -1n)),
    fn('string.findAll(string, int): list<string>', (text: string, pattern: string, most: bigint) =>
      all(text, pattern, most),
    ),
    fn('int(google.protobuf.Timestamp): int', (time: Date) => BigInt(Math.floor(time.getTime() / 1000))),
    fn('string(google.protobuf.Timestamp): string', (time: Date) => time.toISOString().replace('.000Z', 'Z')),
    fn('string(google.protobuf.Duration): string', (duration: object) => String(duration)),
    fn('timestamp(google.protobuf.Timestamp): google.protobuf.Timestamp', (time: Date) => time),
    fn('duration(google.protobuf.Duration): google.protobuf.Duration', (duration: object) => duration),
  ],
};

function all(text: string, pattern: string, most: bigint): string[] {
  const expression = regularExpression(pattern);
  const found = Array.from(
    text.matchAll(new RegExp(expression, `${expression.flags}g`)),
    (match) => match[0],
  );
  return most < 0n ? found : found.slice(0, Number(most));
}
