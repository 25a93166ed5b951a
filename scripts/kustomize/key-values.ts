import { type Place, type ScalarNode, type Source, withContent } from '../yaml/node.ts';
import { failAt } from './failure.ts';
import type { File } from './files.ts';
import type { GeneratorArguments } from './kustomization.ts';
import type { Loader } from './loader.ts';
import { isUtf8 } from './utf8.ts';

/** One entry of a generated ConfigMap or Secret: bytes, since files may hold anything. */
export interface KeyValue {
  readonly key: string;
  readonly value: Buffer;
  /** Where a person changes the value. */
  readonly place: Place;
  /** Where its key is written: the line of an env file, or the entry of the generator. */
  readonly keyPlace: Place;
  /** The entry of the generator that led there. */
  readonly entry: Place;
}

/** The data of a generator: from env files, then literals, then files. */
export function loadKeyValues(loader: Loader, generator: GeneratorArguments): readonly KeyValue[] {
  const { env, envs, literals, files } = generator;
  const envFiles = [...(envs ?? []), ...(env !== undefined && env.text !== '' ? [env] : [])];
  const pairs = [
    ...envFiles.flatMap((entry) => fromEnvFile(loader.load(entry), entry)),
    ...(literals ?? []).map(fromLiteral),
    ...(files ?? []).map((entry) => fromFile(loader, entry)),
  ];
  const seen = new Set<string>();
  for (const { key, keyPlace } of pairs) {
    if (seen.has(key)) {
      const name = generator.name?.text ?? '';
      failAt(keyPlace, `Generator "${name}" illegally repeats the key "${key}"`);
    }
    seen.add(key);
  }
  return pairs;
}

function fromLiteral(entry: ScalarNode): KeyValue {
  const { text, place } = entry;
  const at = text.indexOf('=');
  if (at <= 0) failAt(place, `Invalid literal source "${text}", expected key=value`);
  const value = Buffer.from(unquoted(text.slice(at + 1)));
  return { key: text.slice(0, at), value, place, keyPlace: place, entry: place };
}

function unquoted(text: string): string {
  const quote = text[0];
  const isQuoted = text.length >= 2 && quote === text.at(-1) && (quote === '"' || quote === "'");
  return isQuoted ? text.slice(1, -1) : text;
}

function fromFile(loader: Loader, entry: ScalarNode): KeyValue {
  const { text, place } = entry;
  const parts = text.split('=');
  if (parts.length > 2) failAt(place, `Source "${text}": key name or file path contains '='`);
  const [first, path = first!] = parts as [string, string | undefined];
  if (parts.length === 2 && first === '')
    failAt(place, `Source "${text}": missing key name for file path "${path}"`);
  if (path === '') failAt(place, `Source "${text}": missing file path for key name "${first}"`);
  const file = loader.load(withContent(entry, path));
  const key = parts.length === 2 ? first : (path.replace(/\/+$/, '').split('/').at(-1) ?? path);
  return { key, value: file.bytes, place: wholeOf(file), keyPlace: place, entry: place };
}

function wholeOf(file: File): Place {
  return { source: file.source, start: 0, end: file.source.text.length };
}

/** `KEY=value` lines; leading white space is dropped, `#` starts a comment, a key alone has the empty value. */
function fromEnvFile(file: File, entry: ScalarNode): KeyValue[] {
  const pairs: KeyValue[] = [];
  const { bytes, source } = file;
  let offset = 0;
  let start = 0;
  for (let first = true; start < bytes.length; first = false) {
    const newline = bytes.indexOf(10, start);
    const end = newline < 0 ? bytes.length : newline;
    const raw = bytes.subarray(start, bytes[end - 1] === 13 && end > start ? end - 1 : end);
    const pair = fromEnvLine(raw, first, lineOf(source, offset), entry.place);
    if (pair !== undefined) pairs.push(pair);
    offset += bytes.subarray(start, end + 1).toString('utf8').length;
    start = end + 1;
  }
  return pairs;
}

function lineOf(source: Source, start: number): Place {
  const newline = source.text.indexOf('\n', start);
  return { source, start, end: newline < 0 ? source.text.length : newline };
}

function fromEnvLine(raw: Buffer, isFirst: boolean, place: Place, entry: Place): KeyValue | undefined {
  const decoded = raw.toString('utf8');
  if (!isUtf8(raw, decoded)) failAt(place, 'Line has invalid utf8 bytes');
  // Go's unicode.IsSpace, which knows no byte order mark.
  const line = (isFirst ? decoded.replace(/^\ufeff/, '') : decoded).replace(
    /^[\t\n\v\f\r \u0085\u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]+/,
    '',
  );
  if (line === '' || line.startsWith('#')) return undefined;
  const at = line.indexOf('=');
  const key = at < 0 ? line : line.slice(0, at);
  if (key === '') return undefined;
  return { key, value: Buffer.from(at < 0 ? '' : line.slice(at + 1)), place, keyPlace: place, entry };
}
