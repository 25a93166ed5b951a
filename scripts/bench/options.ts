import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { Failure } from '../core/failure.ts';
import type { Size } from './repository-files.ts';

export const MEASUREMENTS = ['render', 'S', 'M', 'L', 'growth', 'plain'] as const;
export type Measurement = (typeof MEASUREMENTS)[number];

/** 20 objects an application. */
export const SIZES: Readonly<Record<'S' | 'M' | 'L', Size>> = {
  S: { regions: 3, apps: 1, faults: 2 },
  M: { regions: 50, apps: 1, faults: 4 },
  L: { regions: 200, apps: 10, faults: 20 },
};

export type BenchOptions =
  | { readonly command: 'help' }
  | { readonly command: 'generate'; readonly size: Size; readonly output: string }
  | { readonly command: 'floor'; readonly floor: Floor; readonly dir: string }
  | {
      readonly command: 'measure';
      readonly measurements: readonly Measurement[];
      /** Machine-readable results. */
      readonly output: string;
      /** Whose table is written anew from this run. */
      readonly document: string | undefined;
      readonly peers: boolean;
      /** Of how many overlays the pipeline of peers is measured; the rest is scaled. */
      readonly sample: number;
      readonly runs: number | undefined;
    };

/** What reading alone costs: the bytes, or the `yaml` package's parse of each. */
export type Floor = 'read' | 'yaml';

export const BENCH_USAGE = `npm run bench [-- NAME…] [options]

Measures render (overlays of one small base), S (3 regions × 1 application), M (50 × 1), L (200 × 10), growth (500 to
4,000 overlays) and plain (rendered manifests); all of them unless named. Peers run beside where they are on the PATH or
in GOPATH/bin.

  --output FILE    results for programs (.cache/bench.json)
  --document FILE  writes its table anew from this run: docs/benchmarks.md
  --no-peers       without other tools
  --sample 60      overlays that the pipeline of peers is measured on; the rest is scaled
  --runs N         how often each is measured

npm run bench -- generate --regions N --apps M [--faults K] --output DIR

Writes a repository of that size, and the planted faults to DIR/faults.json.
`;

/** @param root absolute path of this repository */
export function readBenchOptions(args: readonly string[], root: string): BenchOptions {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: {
      regions: { type: 'string' },
      apps: { type: 'string' },
      faults: { type: 'string' },
      output: { type: 'string' },
      document: { type: 'string' },
      'no-peers': { type: 'boolean' },
      sample: { type: 'string' },
      runs: { type: 'string' },
      help: { type: 'boolean', short: 'h' },
    },
  });
  const [first, second] = positionals;
  if (values.help === true) return { command: 'help' };
  if (first === 'generate') {
    const { output } = values;
    if (output === undefined) throw new Failure('--output is missing, expected the folder to write to');
    const size = {
      regions: count('--regions', values.regions ?? '3'),
      apps: count('--apps', values.apps ?? '1'),
      faults: count('--faults', values.faults ?? '0'),
    };
    return { command: 'generate', size, output: resolve(output) };
  }
  if (first === 'floor' && (second === 'read' || second === 'yaml')) {
    return { command: 'floor', floor: second, dir: resolve(positionals[2] ?? '.') };
  }
  return {
    command: 'measure',
    measurements: positionals.length === 0 ? MEASUREMENTS : positionals.map(readMeasurement),
    output: resolve(values.output ?? `${root}/.cache/bench.json`),
    document: values.document === undefined ? undefined : resolve(values.document),
    peers: values['no-peers'] !== true,
    sample: count('--sample', values.sample ?? '60'),
    runs: values.runs === undefined ? undefined : count('--runs', values.runs),
  };
}

function readMeasurement(name: string): Measurement {
  const found = MEASUREMENTS.find((each) => each === name);
  if (found === undefined)
    throw new Failure(`"${name}" is not measured, expected generate or some of ${MEASUREMENTS.join(', ')}`);
  return found;
}

function count(option: string, text: string): number {
  if (!/^\d+$/.test(text)) throw new Failure(`${option} is "${text}", expected a whole number`);
  return Number(text);
}
