import type { GrowthPoint } from './measure-growth.ts';
import type { PlainResult } from './measure-plain.ts';
import type { RenderResult } from './measure-render.ts';
import type { SizeResult } from './measure-size.ts';
import type { Measured } from './modes.ts';
import { ratioOf, type Spread } from './statistics.ts';

export interface BenchResults {
  readonly machine: {
    readonly cpu: string;
    readonly cores: number;
    readonly node: string;
    readonly date: string;
  };
  /** What was not measured, and why. */
  readonly absent: readonly string[];
  readonly render: RenderResult | undefined;
  readonly sizes: readonly SizeResult[];
  readonly growth: readonly GrowthPoint[];
  readonly plain: PlainResult | undefined;
}

/** The results in Markdown, as docs/benchmarks.md holds them. */
export function tablesOf({ machine, absent, render, sizes, growth, plain }: BenchResults): string {
  const parts = [
    `Measured on ${machine.date}, ${machine.cores} cores (${machine.cpu}), Node ${machine.node}. Median, least and most in brackets.`,
    ...absent.map((line) => `Not measured: ${line}.`),
    ...(render === undefined ? [] : [renderTable(render)]),
    ...sizes.map(sizeTable),
    ...(growth.length === 0 ? [] : [growthTable(growth)]),
    ...(plain === undefined ? [] : [plainTable(plain)]),
  ];
  return parts.join('\n\n');
}

function renderTable({ start, ours, kustomize, many }: RenderResult): string {
  const row = (name: string, wallMs: Spread, above = '') => `| ${name} | ${spread(wallMs)} | ${above} |`;
  const above = `${(ours.median - start.median).toFixed(0)}, least ${(ours.low - start.low).toFixed(0)}`;
  return [
    '### Rendering',
    '',
    '| one small overlay with a strategic merge patch, in a process of its own | wall, ms | above `node -e 0` |',
    '| --- | ---: | ---: |',
    row('node -e 0', start),
    row('render', ours, above),
    ...(kustomize === undefined ? [] : [row('kustomize build', kustomize)]),
    '',
    '| overlays of one base in one process (least of five) | ms | ms an overlay | runs of `kustomize build` |',
    '| ---: | ---: | ---: | ---: |',
    ...many.map(({ overlays, ms }) => {
      const theirs = kustomize === undefined ? '' : `${((kustomize.median * overlays) / ms).toFixed(0)} ×`;
      return `| ${overlays} | ${ms.toFixed(1)} | ${(ms / overlays).toFixed(3)} | ${theirs} |`;
    }),
  ].join('\n');
}

function sizeTable({ size, overlays, objects, ours, floors, stages, peers, sampled }: SizeResult): string {
  const cold = ours[0]!;
  const times = (each: Measured) => `${spread(ratioOf(each.wallMs, cold.wallMs), 1)} × ours, cold`;
  const wrong = ours.flatMap((each) => each.wrong ?? []);
  const verdict =
    wrong.length === 0
      ? 'The planted faults are found, all and only.'
      : `**Wrong:**\n\n${wrong.map((line) => `- ${line}`).join('\n')}`;
  const row = (each: Measured, note: string) =>
    `| ${each.name} | ${spread(each.wallMs)} | ${spread(each.cpuMs)} | ${each.memoryMiB === undefined ? '' : Math.round(each.memoryMiB)} | ${note} |`;
  return [
    `### ${size}: ${overlays} overlays, ${objects} objects`,
    '',
    '| what | wall, ms | processor, ms | peak memory, MiB | ratio |',
    '| --- | ---: | ---: | ---: | --- |',
    ...ours.map((each) => row(each, '')),
    ...floors.map((each) => row(each, '')),
    ...peers.map((each) => row(each, times(each))),
    '',
    `Cold in one thread, ms: ${Object.entries(stages)
      .map(([stage, ms]) => `${stage} ${Math.round(ms)}`)
      .join(', ')}.`,
    '',
    ...(sampled === undefined ? [] : [`Peers ran on ${sampled} of the overlays; the rest is scaled.`]),
    verdict,
  ].join('\n');
}

function growthTable(points: readonly GrowthPoint[]): string {
  return [
    '### Growth, from an empty cache',
    '',
    '| overlays | wall an overlay, ms | processor an overlay, ms | peak memory, MiB |',
    '| ---: | ---: | ---: | ---: |',
    ...points.map(
      ({ overlays, wallPerOverlayMs, cpuPerOverlayMs, memoryMiB }) =>
        `| ${overlays} | ${spread(wallPerOverlayMs, 2)} | ${spread(cpuPerOverlayMs, 2)} | ${Math.round(memoryMiB)} |`,
    ),
  ].join('\n');
}

function plainTable({ objects, checkers }: PlainResult): string {
  return [
    `### Rendered manifests: ${objects} objects`,
    '',
    '| checker | wall, ms | objects a second |',
    '| --- | ---: | ---: |',
    ...checkers.map(
      ({ name, wallMs }) =>
        `| ${name} | ${spread(wallMs)} | ${Math.round((objects / wallMs.median) * 1000)} |`,
    ),
  ].join('\n');
}

function spread({ median, low, high }: Spread, digits = 0): string {
  return `${median.toFixed(digits)} (${low.toFixed(digits)}–${high.toFixed(digits)})`;
}
