/** Several measurements of one thing. */
export interface Spread {
  readonly median: number;
  readonly low: number;
  readonly high: number;
}

export function spreadOf(values: readonly number[]): Spread {
  const sorted = [...values].sort((a, b) => a - b);
  const at = (share: number) => sorted[Math.round((sorted.length - 1) * share)] ?? Number.NaN;
  return { median: at(0.5), low: at(0), high: at(1) };
}

/** How many times `slow` is `fast`: of the medians, and the least and most that the spreads allow. */
export function ratioOf(slow: Spread, fast: Spread): Spread {
  return { median: slow.median / fast.median, low: slow.low / fast.high, high: slow.high / fast.low };
}

export function scale({ median, low, high }: Spread, factor: number): Spread {
  return { median: median * factor, low: low * factor, high: high * factor };
}
