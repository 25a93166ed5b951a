import { join } from 'node:path';
import { type Measured, measureModes, measureStages, measureStarts } from './modes.ts';
import { type Installed, overlaysOf, runKustomize, runPipeline } from './peers.ts';
import { run } from './process.ts';
import type { Size } from './repository-files.ts';
import { scale, spreadOf } from './statistics.ts';
import { makeSubject, validate } from './subject.ts';

export interface SizeResult {
  readonly size: string;
  readonly overlays: number;
  readonly objects: number;
  readonly ours: readonly Measured[];
  readonly floors: readonly Measured[];
  /** Milliseconds of one cold run in one thread, by what it was doing. */
  readonly stages: Readonly<Record<string, number>>;
  readonly peers: readonly Measured[];
  /** Overlays that peers were measured on, where not all. */
  readonly sampled: number | undefined;
}

export interface Bench {
  /** Absolute path of `scripts/start.cjs`. */
  readonly program: string;
  /** Empty folder for what is generated. */
  readonly work: string;
  readonly installed: Installed;
  /** JSON Schemas for kubeconform. */
  readonly schemas: string;
  readonly sample: number;
  readonly progress: (line: string) => void;
}

export function measureSize(name: string, size: Size, runs: number, bench: Bench): SizeResult {
  const { program, work, installed, schemas, sample, progress } = bench;
  progress(`${name}: generating ${size.regions} regions × ${size.apps}`);
  const subject = makeSubject(size, `${work}/${name}`, program);
  progress(`${name}: validating`);
  const ours = measureModes(subject, program, runs);
  for (const file of subject.files.keys()) if (file !== 'package.json') subject.restore(file);
  const stages = measureStages(subject, program, join(work, 'stages.json'));
  run(validate(subject, program));
  const floors = measureStarts(subject, program, runs);
  const overlays = overlaysOf(subject.dir, sample);
  const factor = subject.overlays / overlays.length;
  const options = { peers: installed, repository: subject.dir, schemas, work, overlays };
  const peers: Measured[] = [];
  if (installed.has('kustomize')) {
    progress(`${name}: peers on ${overlays.length} overlays`);
    for (const [label, measure] of [
      ['kustomize build', runKustomize],
      ['pipeline of peers', runPipeline],
    ] as const) {
      const done = Array.from({ length: Math.min(runs, 3) }, () => measure(options));
      peers.push({
        name: label,
        wallMs: scale(spreadOf(done.map((each) => each.wallMs)), factor),
        cpuMs: scale(spreadOf(done.map((each) => each.cpuMs)), factor),
      });
    }
  }
  return {
    size: name,
    overlays: subject.overlays,
    objects: subject.objects,
    ours,
    floors,
    stages,
    peers,
    sampled: factor > 1 ? overlays.length : undefined,
  };
}
