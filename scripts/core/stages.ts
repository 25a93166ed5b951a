/** Milliseconds of this thread by what it was doing, each without what went on inside it under another name. */
export const stages: Record<string, number> = {};

const isWanted = process.env.PLANETARIUM_STAGES !== undefined;
let inside = 0;

/** Does the work and counts its time, where that is wanted: `npm run bench` asks. */
export function timed<T>(stage: string, work: () => T): T {
  if (!isWanted) return work();
  const outer = inside;
  inside = 0;
  const started = performance.now();
  try {
    return work();
  } finally {
    const spent = performance.now() - started;
    stages[stage] = (stages[stage] ?? 0) + spent - inside;
    inside = outer + spent;
  }
}
