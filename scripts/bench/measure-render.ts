import { join } from 'node:path';
import type { Bench } from './measure-size.ts';
import { timeOverlays, writeOverlays } from './overlays.ts';
import { type Command, run } from './process.ts';
import { type Spread, spreadOf } from './statistics.ts';

export interface RenderResult {
  /** One small overlay in a process of its own, and what starting Node costs. */
  readonly single: readonly { readonly name: string; readonly wallMs: Spread }[];
  /** Overlays of one base in one process. */
  readonly many: readonly { readonly overlays: number; readonly ms: number }[];
  /** As many runs of the real program, one after the other, scaled from those that were measured. */
  readonly kustomizeMsPerOverlay: number | undefined;
}

const COUNTS = [50, 200, 500, 1000, 2000];

/** The renderer alone, beside the real program. */
export function measureRender(runs: number, bench: Bench): RenderResult {
  const { program, work, installed, progress } = bench;
  const root = join(work, 'render');
  const dirs = writeOverlays(root, COUNTS.at(-1)!);
  const kustomize = installed.get('kustomize');
  const node = (...args: readonly string[]): Command => ({ program: process.execPath, args, cwd: root });
  const commands: readonly (readonly [string, Command])[] = [
    ['node -e 0', node('-e', '0')],
    ['render', node(program, 'render', dirs[0]!)],
    ...(kustomize === undefined
      ? []
      : [['kustomize build', { program: kustomize, args: ['build', dirs[0]!], cwd: root }] as const]),
  ];
  progress('render: one overlay');
  // In turns, so that what else the machine does meets all of them.
  const done = commands.map((): number[] => []);
  for (let turn = 0; turn < runs; turn++) {
    for (const [index, [, command]] of commands.entries()) done[index]!.push(run(command).wallMs);
  }
  const single = commands.map(([name], index) => ({ name, wallMs: spreadOf(done[index]!) }));
  progress(`render: up to ${dirs.length} overlays`);
  const times = timeOverlays(root, dirs, COUNTS);
  return {
    single,
    many: COUNTS.map((overlays, index) => ({ overlays, ms: times[index]! })),
    kustomizeMsPerOverlay: single.find(({ name }) => name === 'kustomize build')?.wallMs.median,
  };
}
