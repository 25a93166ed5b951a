import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Failure } from '../core/failure.ts';

export interface Command {
  readonly program: string;
  readonly args: readonly string[];
  readonly cwd: string;
  readonly env?: NodeJS.ProcessEnv;
  readonly input?: string;
}

/** One run of a process and all that it started. */
export interface Run {
  readonly wallMs: number;
  readonly cpuMs: number;
  readonly status: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** The shell's own `times` gives the processor time of its children, which Node does not. */
const WITH_TIMES = '"$@"; status=$?; times >&3; exit $status';

export function run(command: Command): Run {
  const started = performance.now();
  const { status, stdout, stderr, output, error } = spawnSync(
    'sh',
    ['-c', WITH_TIMES, 'sh', command.program, ...command.args],
    {
      cwd: command.cwd,
      env: { ...process.env, ...command.env },
      input: command.input ?? '',
      encoding: 'utf8',
      maxBuffer: 1 << 30,
      stdio: ['pipe', 'pipe', 'pipe', 'pipe'],
    },
  );
  const wallMs = performance.now() - started;
  if (error !== undefined) throw new Failure(`Could not run "${command.program}"`, { cause: error });
  return { wallMs, cpuMs: childTimes(output[3] ?? ''), status: status ?? 2, stdout, stderr };
}

/** The second line of `times`: user and system time of the children, as `0m1.234s`. */
function childTimes(text: string): number {
  const line = text.trim().split('\n')[1] ?? '';
  return line
    .split(' ')
    .map((part) => /^(\d+)m([\d.,]+)s$/.exec(part))
    .reduce(
      (sum, match) => sum + (match === null ? 0 : Number(match[1]) * 60_000 + parseSeconds(match[2]!)),
      0,
    );
}

function parseSeconds(text: string): number {
  return Number(text.replace(',', '.')) * 1000;
}

const REPORT_MEMORY =
  "process.on('exit', () => require('node:fs').writeFileSync(process.env.PLANETARIUM_BENCH_MEMORY, String(process.resourceUsage().maxRSS)))";

/** Peak resident memory in MiB of a program of Node, from a run of its own, since asking costs time. */
export function peakMemory(command: Command): number {
  const dir = mkdtempSync(join(tmpdir(), 'bench-memory-'));
  try {
    const hook = join(dir, 'hook.cjs');
    const file = join(dir, 'memory');
    writeFileSync(hook, REPORT_MEMORY);
    run({
      ...command,
      env: { ...command.env, NODE_OPTIONS: `--require=${hook}`, PLANETARIUM_BENCH_MEMORY: file },
    });
    return Number(readFileSync(file, 'utf8')) / 1024;
  } finally {
    rmSync(dir, { recursive: true, force: true });
  }
}
