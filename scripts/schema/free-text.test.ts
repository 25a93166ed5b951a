import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { isFreeText } from './free-text.ts';
import type { Shape } from './shape.ts';

const text: Shape = { is: 'scalar', scalar: 'string' };
const struct = (fields: Readonly<Record<string, Shape>>, more = {}): Shape => ({
  is: 'struct',
  fields,
  required: [],
  ...more,
});
const item = struct({ name: text, value: text });
const shape = struct({
  labels: { is: 'map', values: text },
  count: { is: 'scalar', scalar: 'int' },
  short: { ...text, limits: { maxLength: 3 } },
  ruled: { ...text, rules: [{ rule: 'self != ""' }] },
  few: struct({ name: text }, { limits: { maxProperties: 1 } }),
  judged: struct({ name: text }, { rules: [{ rule: 'self.name != ""' }] }),
  named: { is: 'list', items: { is: 'ref', name: 'item' }, keys: ['name'] },
  different: { is: 'list', items: item, set: true },
  choice: { is: 'either', options: [text, { is: 'scalar', scalar: 'bool' }] },
  anything: { is: 'any' },
  quantity: { is: 'ref', name: 'quantity' },
  referred: { is: 'ref', name: 'short', limits: { maxLength: 3 } },
});
const definitions: Readonly<Record<string, Shape>> = {
  item,
  short: text,
  quantity: { is: 'scalar', scalar: 'quantity' },
};

const free = ['labels/any', 'named/0/value'];
const bound = [
  ...['labels', 'count', 'short', 'ruled', 'few/name', 'judged/name', 'named/0/name', 'different/0/value'],
  ...['choice', 'anything', 'anything/below', 'quantity', 'referred', 'unknown', ''],
];

test('only texts of which nothing more is asked are free', () => {
  const isFree = (path: string) =>
    isFreeText(
      shape,
      path === '' ? [] : path.split('/').map((step) => (step === '0' ? 0 : step)),
      (name) => definitions[name]!,
    );
  assert.equal([...free, ...bound].filter(isFree), free);
});

test.run();
