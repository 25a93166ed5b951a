import { join } from 'node:path';
import { print } from '../kustomize/print.ts';
import { createRenderer } from '../kustomize/render.ts';
import type { Bench } from './measure-size.ts';
import { writeOverlays } from './overlays.ts';
import { type Command, run } from './process.ts';
import { type Spread, spreadOf } from './statistics.ts';

export interface RenderResult {
  /** What starting Node costs, and one small overlay in a process of its own. */
  readonly start: Spread;
  readonly ours: Spread;
  /** Where the real program is installed. */
  readonly kustomize: Spread | undefined;
  /** Overlays of one base in one process. */
  readonly many: readonly { readonly overlays: number; readonly ms: number }[];
}

const COUNTS = [50, 200, 500, 1000, 2000];

/** The renderer alone, beside the real program. */
export function measureRender(runs: number, bench: Bench): RenderResult {
  const { program, work, installed, progress } = bench;
  const root = join(work, 'render');
  const dirs = writeOverlays(root, COUNTS.at(-1)!);
  const kustomize = installed.get('kustomize');
  const node = (...args: readonly string[]): Command => ({ program: process.execPath, args, cwd: root });
  const commands = [
    node('-e', '0'),
    node(program, 'render', dirs[0]!),
    ...(kustomize === undefined ? [] : [{ program: kustomize, args: ['build', dirs[0]!], cwd: root }]),
  ];
  progress('render: one overlay');
  // In turns, so that what else the machine does meets all of them.
  const done = commands.map((): number[] => []);
  for (let turn = 0; turn < runs; turn++) {
    for (const [index, command] of commands.entries()) done[index]!.push(run(command).wallMs);
  }
  const [start, ours, theirs] = done.map(spreadOf);
  progress(`render: up to ${dirs.length} overlays`);
  const times = timeOverlays(root, dirs, COUNTS);
  return {
    start: start!,
    ours: ours!,
    kustomize: theirs,
    many: COUNTS.map((overlays, index) => ({ overlays, ms: times[index]! })),
  };
}

const ROUNDS = 5;

/**
 * Renders and prints the first so many of the overlays, in one process, several times and each time from nothing.
 *
 * @returns for each count the least that all of them took, in milliseconds
 */
function timeOverlays(root: string, dirs: readonly string[], counts: readonly number[]): readonly number[] {
  const least = counts.map(() => Number.POSITIVE_INFINITY);
  for (let round = 0; round < ROUNDS; round++) {
    for (const [index, count] of counts.entries()) {
      const started = performance.now();
      const renderer = createRenderer({ root });
      for (const dir of dirs.slice(0, count)) print(renderer.render(dir).resources);
      least[index] = Math.min(least[index]!, performance.now() - started);
    }
  }
  return least;
}
