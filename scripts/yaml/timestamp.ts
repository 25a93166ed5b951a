const SHAPE =
  /^(\d{4})-(\d{1,2})-(\d{1,2})(?:([Tt ])(\d{1,2}):(\d{1,2}):(\d{1,2})(?:[.,](\d+))?(Z|[-+]\d\d:\d\d)?)?$/;
const DAYS = [31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

function daysIn(year: number, month: number): number {
  const leap = year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);
  return month === 2 && !leap ? 28 : DAYS[month - 1]!;
}

/**
 * What Go prints of a scalar that go-yaml takes for a time: `2020-1-2` is `2020-01-02T00:00:00Z`. Undefined where it is
 * none: times after `T` need a zone, times after a space have none.
 */
export function timestampOf(text: string): string | undefined {
  const match = SHAPE.exec(text);
  if (match === null) return undefined;
  const [
    ,
    year = '',
    month = '',
    day = '',
    separator,
    hour = '0',
    minute = '0',
    second = '0',
    fraction,
    zone,
  ] = match;
  const numbers = [month, day, hour, minute, second].map(Number) as [number, number, number, number, number];
  if (numbers[0] < 1 || numbers[0] > 12) return undefined;
  if (numbers[1] < 1 || numbers[1] > daysIn(Number(year), numbers[0])) return undefined;
  if (numbers[2] > 23 || numbers[3] > 59 || numbers[4] > 59) return undefined;
  if (separator !== undefined && (separator === ' ') !== (zone === undefined)) return undefined;
  if (zone !== undefined && zone !== 'Z' && (Number(zone.slice(1, 3)) > 24 || Number(zone.slice(4)) > 59))
    return undefined;
  const two = (part: string) => part.padStart(2, '0');
  const digits = (fraction ?? '').slice(0, 9).replace(/0+$/, '');
  const offset = zone === undefined || /^[-+]00:00$/.test(zone) ? 'Z' : zone;
  const time = `${two(hour)}:${two(minute)}:${two(second)}${digits === '' ? '' : `.${digits}`}`;
  return `${year}-${two(month)}-${two(day)}T${time}${offset}`;
}
