import { rmSync } from 'node:fs';
import { join } from 'node:path';
import type { Bench } from './measure-size.ts';
import { peakMemory, run } from './process.ts';
import { type Spread, scale, spreadOf } from './statistics.ts';
import { makeSubject, validate } from './subject.ts';

export interface GrowthPoint {
  readonly overlays: number;
  readonly wallPerOverlayMs: Spread;
  readonly cpuPerOverlayMs: Spread;
  readonly memoryMiB: number;
}

const REGIONS = [50, 100, 200, 400];
const APPS = 10;

/** What an overlay costs from an empty cache, as the fleet grows. */
export function measureGrowth(runs: number, bench: Bench): readonly GrowthPoint[] {
  return REGIONS.map((regions) => {
    const overlays = regions * APPS;
    bench.progress(`growth: ${overlays} overlays`);
    const dir = join(bench.work, `growth-${overlays}`);
    const subject = makeSubject({ regions, apps: APPS, faults: 0 }, dir, bench.program);
    const command = validate(subject, bench.program);
    const done = Array.from({ length: runs }, () => {
      subject.forgetCache();
      return run(command);
    });
    subject.forgetCache();
    const memoryMiB = peakMemory(command);
    rmSync(dir, { recursive: true, force: true });
    return {
      overlays,
      wallPerOverlayMs: scale(spreadOf(done.map((each) => each.wallMs)), 1 / overlays),
      cpuPerOverlayMs: scale(spreadOf(done.map((each) => each.cpuMs)), 1 / overlays),
      memoryMiB,
    };
  });
}
