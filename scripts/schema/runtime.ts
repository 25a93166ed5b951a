import { formatOf } from './formats.ts';
import { isBase64, isByteList, isInt64, isMicroTime, isQuantity, isTime } from './scalars.ts';
import { duplicatesByKeys, duplicatesInSet, equal } from './unique.ts';

/** What compiled schemas call by name: `runtime.isQuantity`. Changing what one of these means needs no new compilation. */
export const runtime = {
  isQuantity,
  isBase64,
  isByteList,
  isTime,
  isMicroTime,
  isInt64,
  formatOf: (name: string) => formatOf(name) ?? (() => true),
  duplicatesByKeys,
  duplicatesInSet,
  equal,
  lengthOf: (text: string) => {
    let length = 0;
    for (const _ of text) length++;
    return length;
  },
} as const;
