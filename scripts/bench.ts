import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { cpus, tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { openDocument } from './bench/document.ts';
import { doFloor } from './bench/floors.ts';
import { measureGrowth } from './bench/measure-growth.ts';
import { measurePlain } from './bench/measure-plain.ts';
import { measureRender } from './bench/measure-render.ts';
import { type Bench, measureSize, type SizeResult } from './bench/measure-size.ts';
import {
  BENCH_USAGE,
  type BenchOptions,
  type Measurement,
  readBenchOptions,
  SIZES,
} from './bench/options.ts';
import { writeSchemas } from './bench/peer-schemas.ts';
import { findPeers, type Installed, PEERS } from './bench/peers.ts';
import { type BenchResults, tablesOf } from './bench/tables.ts';
import { writeRepository } from './bench/write-repository.ts';
import { type ExitCode, runEntry, type Terminal } from './cli/entry.ts';
import { readRepository } from './cli/repository.ts';

const RUNS: Readonly<Record<Measurement, number>> = { render: 15, S: 10, M: 7, L: 3, growth: 3, plain: 5 };

void runEntry(bench);

function bench(terminal: Terminal): ExitCode {
  const { root } = readRepository(process.cwd());
  const options = readBenchOptions(terminal.args, root);
  switch (options.command) {
    case 'help':
      terminal.out(BENCH_USAGE);
      return 0;
    case 'generate': {
      const { files, faults } = writeRepository(options.size, options.output);
      terminal.out(`${files.size} files with ${faults.length} planted faults in ${options.output}\n`);
      return 0;
    }
    case 'floor':
      terminal.out(`${doFloor(options.floor, options.dir)} files\n`);
      return 0;
    case 'measure':
      return measure(options, root, terminal);
  }
}

function measure(
  options: Extract<BenchOptions, { command: 'measure' }>,
  root: string,
  terminal: Terminal,
): ExitCode {
  const writeTables = options.document === undefined ? undefined : openDocument(options.document);
  const work = mkdtempSync(join(tmpdir(), 'bench-'));
  try {
    const installed: Installed = options.peers ? findPeers(process.env) : new Map();
    const { measurements, sample } = options;
    const runsOf = (name: Measurement) => options.runs ?? RUNS[name];
    const context: Bench = {
      program: join(root, 'scripts', 'start.cjs'),
      work,
      installed,
      schemas: writeSchemas(join(root, 'schemas'), '1.36', join(work, 'schemas')),
      sample,
      progress: (line) => terminal.err(`${line}\n`),
    };
    const sizes = measurements.flatMap((name): readonly SizeResult[] =>
      name === 'S' || name === 'M' || name === 'L'
        ? [measureSize(name, SIZES[name], runsOf(name), context)]
        : [],
    );
    const results: BenchResults = {
      machine: {
        cpu: cpus()[0]?.model ?? 'unknown',
        cores: cpus().length,
        node: process.version,
        date: new Date().toISOString().slice(0, 10),
      },
      absent: PEERS.filter((peer) => !installed.has(peer)).map((peer) => `${peer}, which is not installed`),
      render: measurements.includes('render') ? measureRender(runsOf('render'), context) : undefined,
      sizes,
      growth: measurements.includes('growth') ? measureGrowth(runsOf('growth'), context) : [],
      plain: measurements.includes('plain') ? measurePlain(runsOf('plain'), context) : undefined,
    };
    mkdirSync(dirname(options.output), { recursive: true });
    writeFileSync(options.output, `${JSON.stringify(results, undefined, 2)}\n`);
    const tables = tablesOf(results);
    writeTables?.(tables);
    terminal.out(`${tables}\n`);
    return sizes.some(({ ours }) => ours.some((each) => (each.wrong ?? []).length > 0)) ? 1 : 0;
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
}
