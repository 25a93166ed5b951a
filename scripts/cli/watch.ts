import { existsSync, watch } from 'node:fs';
import { join } from 'node:path';

/** An editor writes a file in several steps; what comes within this many milliseconds is one change. */
const STEPS_OF_AN_EDITOR = 30;
const WATCHED = ['base', 'overlays', 'clusters', 'policies', 'scripts', 'schemas', 'package.json'];

/** Does the work now and after every change of a file, one at a time, until the process ends. */
export async function watchFiles(root: string, work: () => Promise<void>): Promise<never> {
  let isChanged = true;
  let wake: () => void = () => undefined;
  for (const name of WATCHED) {
    const path = join(root, name);
    if (!existsSync(path)) continue;
    watch(path, { recursive: true }, () => {
      isChanged = true;
      wake();
    });
  }
  for (;;) {
    if (!isChanged) await new Promise<void>((resolve) => (wake = resolve));
    await new Promise((resolve) => setTimeout(resolve, STEPS_OF_AN_EDITOR));
    isChanged = false;
    await work();
  }
}
