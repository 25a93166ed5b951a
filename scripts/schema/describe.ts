import { follow, type Resolve, type Scalar, type Shape } from './shape.ts';

const SCALAR_WORDS: Readonly<Record<Scalar, string>> = {
  string: 'text',
  bool: 'true or false',
  int: 'an integer',
  int32: 'an integer of 32 bits',
  int64: 'an integer of 64 bits',
  number: 'a number',
  quantity: 'a quantity like "500m", "128Mi" or 2',
  'int-or-string': 'an integer of 32 bits or text',
  'int64-or-string': 'an integer or text',
  bytes: 'text in base64',
  'date-time': 'a time like "2026-01-31T12:00:00Z"',
  'micro-time': 'a time with six decimals like "2026-01-31T12:00:00.000000Z"',
};

/** What a shape wants, in words. */
export function describeShape(shape: Shape, resolve: Resolve): string {
  const end = follow(shape, resolve);
  switch (end.is) {
    case 'scalar':
      return SCALAR_WORDS[end.scalar];
    case 'list':
      return 'a list';
    case 'map':
    case 'struct':
      return 'a mapping';
    case 'any':
      return 'a value';
    case 'either':
      return end.options
        .filter((option) => option.is !== 'any')
        .map((option) => describeShape(option, resolve))
        .join(' or ');
  }
}
