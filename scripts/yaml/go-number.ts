/** `strconv.FormatFloat(value, 'g', -1, 64)`: an exponent of at least two digits below 1e-4 and from 1e6 on. */
export function goFloat(value: number): string {
  return print(value, value.toExponential());
}

/** The same for what Go rounds to 32 bits, as sigs.k8s.io/yaml does with keys. */
export function goFloat32(value: number): string {
  const rounded = Math.fround(value);
  let digits = 0;
  while (digits < 9 && Math.fround(Number(rounded.toExponential(digits))) !== rounded) digits++;
  return print(rounded, rounded.toExponential(digits));
}

function print(value: number, shortest: string): string {
  if (Number.isNaN(value)) return '.nan';
  if (!Number.isFinite(value)) return value > 0 ? '.inf' : '-.inf';
  if (Object.is(value, -0)) return '-0';
  const at = shortest.indexOf('e');
  const exponent = Number(shortest.slice(at + 1));
  if (exponent >= -4 && exponent < 6) return String(Number(shortest));
  const size = Math.abs(exponent);
  return `${shortest.slice(0, at)}e${exponent < 0 ? '-' : '+'}${size < 10 ? '0' : ''}${size}`;
}

/** A number in the text of go-yaml v2, after its way through JSON. */
export function numberText(value: number | bigint): string {
  if (typeof value === 'number' && !(Number.isInteger(value) && Math.abs(value) < 1e21))
    return goFloat(value);
  const text = String(value);
  if (text.length < 19) return text;
  const exact = BigInt(text);
  return exact >= -(2n ** 63n) && exact < 2n ** 64n ? text : goFloat(Number(value));
}
