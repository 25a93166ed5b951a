/** Colours a text, or leaves it. */
export type Paint = Record<'bold' | 'dim' | 'red' | 'yellow' | 'green', (text: string) => string>;

const CODES = { bold: [1, 22], dim: [2, 22], red: [31, 39], yellow: [33, 39], green: [32, 39] } as const;

export function paintFor(color: boolean): Paint {
  const paint =
    ([open, close]: readonly [number, number]) =>
    (text: string) =>
      color ? `\u001b[${open}m${text}\u001b[${close}m` : text;
  return {
    bold: paint(CODES.bold),
    dim: paint(CODES.dim),
    red: paint(CODES.red),
    yellow: paint(CODES.yellow),
    green: paint(CODES.green),
  };
}
