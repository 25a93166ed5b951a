import { readFileSync } from 'node:fs';
import { Failure } from '../core/failure.ts';
import { compareFindings } from './expected-findings.ts';
import { type Command, peakMemory, type Run, run } from './process.ts';
import { type Spread, spreadOf } from './statistics.ts';
import { npmScript, type Subject, validate } from './subject.ts';

export interface Measured {
  readonly name: string;
  readonly wallMs: Spread;
  readonly cpuMs: Spread;
  /** Undefined where it was not asked. */
  readonly memoryMiB?: number;
  /** Planted faults that were missed, and findings that were not planted. */
  readonly wrong?: readonly string[];
}

interface Mode {
  readonly name: string;
  readonly command: Command;
  /** Done before each run, and not timed. */
  readonly before?: (turn: number) => void;
  readonly memory?: boolean;
}

/** The one file that changes: an overlay's patch, and a file of a base. */
const EDITS = {
  overlay: { suffix: '/scale.yaml', folder: 'overlays/', from: 'maxReplicas: 24' },
  base: { suffix: '/clean-up.yaml', folder: 'base/', from: 'startingDeadlineSeconds: 600' },
} as const;

/** Every way in which a repository is validated. */
export function measureModes(subject: Subject, program: string, runs: number): readonly Measured[] {
  const command = validate(subject, program);
  const modes: readonly Mode[] = [
    { name: 'cold', command, before: () => subject.forgetCache(), memory: true },
    { name: 'warm', command, memory: true },
    { name: 'one overlay changed', command, before: (turn) => change(subject, 'overlay', turn) },
    { name: 'one file of a base changed', command, before: (turn) => change(subject, 'base', turn) },
    {
      name: '--changed',
      command: validate(subject, program, '--changed', 'HEAD'),
      before: (turn) => change(subject, 'overlay', turn),
    },
  ];
  return modes.map((mode) => measureMode(subject, mode, runs));
}

/** Edits that keep every rule content, a new text each turn. */
function change(subject: Subject, where: keyof typeof EDITS, turn: number): void {
  const { suffix, folder, from } = EDITS[where];
  const faulty = new Set(subject.faults.map((fault) => fault.file));
  const file = [...subject.files.keys()].find(
    (name) => name.startsWith(folder) && name.endsWith(suffix) && !faulty.has(name),
  );
  if (file === undefined) throw new Failure(`No file to change below "${folder}"`);
  const to = from.replace(/\d+/, (number) => String(Number(number) + 1 + (turn % 7)));
  subject.edit(file, (text) => text.replace(from, to));
}

function measureMode(subject: Subject, mode: Mode, runs: number): Measured {
  const done: Run[] = [];
  for (let turn = 0; turn < runs; turn++) {
    mode.before?.(turn);
    done.push(run(mode.command));
  }
  const last = done.at(-1)!;
  if (last.status > 1) throw new Failure(`"${mode.name}" could not be measured: ${last.stderr}`);
  mode.before?.(runs);
  return {
    name: mode.name,
    wallMs: spreadOf(done.map((each) => each.wallMs)),
    cpuMs: spreadOf(done.map((each) => each.cpuMs)),
    ...(mode.memory === true ? { memoryMiB: peakMemory(mode.command) } : {}),
    wrong: mode.name === '--changed' ? [] : compareFindings(subject.faults, last.stdout),
  };
}

/** What starting costs before anything is validated, and what npm adds. */
export function measureStarts(subject: Subject, program: string, runs: number): readonly Measured[] {
  const bench = (...args: readonly string[]): Command => ({
    program: process.execPath,
    args: [program, 'bench', 'floor', ...args, subject.dir],
    cwd: subject.dir,
  });
  const named: readonly (readonly [string, Command])[] = [
    ['node -e 0', { program: process.execPath, args: ['-e', '0'], cwd: subject.dir }],
    ['empty npm script', npmScript(subject, 'empty')],
    ['npm run validate, warm', npmScript(subject, 'validate')],
    ['reading every source', bench('read')],
    ['yaml package, every source once', bench('yaml')],
  ];
  return named.map(([name, command]) => {
    const done = Array.from({ length: runs }, () => run(command));
    return {
      name,
      wallMs: spreadOf(done.map((each) => each.wallMs)),
      cpuMs: spreadOf(done.map((each) => each.cpuMs)),
    };
  });
}

/** Where a cold run in one thread spends its time. */
export function measureStages(
  subject: Subject,
  program: string,
  file: string,
): Readonly<Record<string, number>> {
  subject.forgetCache();
  const env = { PLANETARIUM_STAGES: file, PLANETARIUM_WORKERS: '1' };
  const { wallMs } = run({ ...validate(subject, program), env });
  const stages: Record<string, number> = JSON.parse(readFileSync(file, 'utf8'));
  const known = Object.values(stages).reduce((sum, each) => sum + each, 0);
  return { ...stages, 'starting, and all else': wallMs - known };
}
