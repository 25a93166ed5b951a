import { isWhole, type Quantity, quantityOf, units, unitsIn } from '../core/exact-quantity.ts';
import { type CelLibrary, fn } from './library.ts';
import { CelQuantity } from './values.ts';

const TYPE = 'kubernetes.Quantity';

function quantity(text: string): CelQuantity {
  const amount = quantityOf(text);
  if (amount === undefined) throw new Error(`"${text}" is no quantity`);
  return new CelQuantity(amount);
}

const order = (a: Quantity, b: Quantity): bigint => (a < b ? -1n : a > b ? 1n : 0n);

function asInteger({ amount }: CelQuantity): bigint {
  if (!isWhole(amount)) throw new Error('quantity is no integer');
  return unitsIn(amount);
}

/** Kubernetes' quantity library. */
export const QUANTITIES: CelLibrary = {
  types: [
    { name: TYPE, ctor: CelQuantity, equal: (a: CelQuantity, b: CelQuantity) => a.amount === b.amount },
  ],
  functions: [
    fn(`quantity(string): ${TYPE}`, quantity),
    fn('isQuantity(string): bool', (text: string) => quantityOf(text) !== undefined),
    fn(`${TYPE}.sign(): int`, ({ amount }: CelQuantity) => order(amount, 0n)),
    fn(`${TYPE}.isInteger(): bool`, ({ amount }: CelQuantity) => isWhole(amount)),
    fn(`${TYPE}.asInteger(): int`, asInteger),
    fn(`${TYPE}.asApproximateFloat(): double`, ({ amount }: CelQuantity) => Number(amount) / 1e9),
    fn(`${TYPE}.isGreaterThan(${TYPE}): bool`, (a: CelQuantity, b: CelQuantity) => a.amount > b.amount),
    fn(`${TYPE}.isLessThan(${TYPE}): bool`, (a: CelQuantity, b: CelQuantity) => a.amount < b.amount),
    fn(`${TYPE}.compareTo(${TYPE}): int`, (a: CelQuantity, b: CelQuantity) => order(a.amount, b.amount)),
    fn(
      `${TYPE}.add(${TYPE}): ${TYPE}`,
      (a: CelQuantity, b: CelQuantity) => new CelQuantity(a.amount + b.amount),
    ),
    fn(`${TYPE}.add(int): ${TYPE}`, (a: CelQuantity, b: bigint) => new CelQuantity(a.amount + units(b))),
    fn(
      `${TYPE}.sub(${TYPE}): ${TYPE}`,
      (a: CelQuantity, b: CelQuantity) => new CelQuantity(a.amount - b.amount),
    ),
    fn(`${TYPE}.sub(int): ${TYPE}`, (a: CelQuantity, b: bigint) => new CelQuantity(a.amount - units(b))),
  ],
};
