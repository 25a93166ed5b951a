import { setFlagsFromString } from 'node:v8';

/** Of Node 20, 22 and 24, whose flags are known: V8 complains aloud of those that it lacks. */
const isKnown = /^1[123]\./.test(process.versions.v8);

/**
 * Has V8 optimise code no more, or again. What it would optimise late in a run is not run often enough any more to earn
 * the time that it takes, on the processors that do the work. For all threads of the process; what V8 keeps of compiled
 * code is bound to its flags, so that a process must not end without.
 */
export function optimiseCode(wanted: boolean): void {
  if (!isKnown) return;
  // The bytes of bytecode beyond which a function is left alone: as they are of themselves, or none.
  setFlagsFromString(`--max-optimized-bytecode-size=${wanted ? 61440 : 0}`);
  setFlagsFromString(wanted ? '--use-osr' : '--no-use-osr');
}
