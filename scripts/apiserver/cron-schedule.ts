/**
 * Schedules of CronJobs, as the parser of the CronJob controller (robfig/cron, standard form) reads them. Not all
 * that cron takes: no seconds, no `L`, `W` or `#`, Sunday is 0 and never 7.
 */
interface Range {
  readonly field: string;
  readonly least: number;
  readonly most: number;
  readonly names?: readonly string[];
}

const MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];
const DAYS = ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat'];
const RANGES: readonly Range[] = [
  { field: 'minute', least: 0, most: 59 },
  { field: 'hour', least: 0, most: 23 },
  { field: 'day of the month', least: 1, most: 31 },
  { field: 'month', least: 1, most: 12, names: MONTHS },
  { field: 'day of the week', least: 0, most: 6, names: DAYS },
];
const DESCRIPTORS = ['@yearly', '@annually', '@monthly', '@weekly', '@daily', '@midnight', '@hourly'];
const GO_DURATION = /^[-+]?(?:0|(?:(?:\d+\.?\d*|\.\d+)(?:ns|us|[\u00b5\u03bc]s|ms|s|m|h))+)$/;

/** What is wrong with a schedule, to follow "expected"; undefined where it is right. */
export function scheduleFault(schedule: string): string | undefined {
  if (schedule.startsWith('@')) {
    if (DESCRIPTORS.includes(schedule)) return undefined;
    if (schedule.startsWith('@every ') && GO_DURATION.test(schedule.slice('@every '.length)))
      return undefined;
    return `five fields, "@every <duration>", or one of ${DESCRIPTORS.join(', ')}`;
  }
  const fields = schedule.trim().split(/\s+/);
  if (fields.length !== RANGES.length || schedule.trim() === '')
    return 'five fields: minute, hour, day of the month, month, day of the week';
  for (let i = 0; i < RANGES.length; i++) {
    const range = RANGES[i]!;
    // Empty parts of a list are left out by the parser.
    const parts = fields[i]!.split(',').filter((part) => part !== '');
    if (!parts.every((part) => isPart(part, range)))
      return `${range.field} within ${range.least}-${range.most}${range.names ? ' or by name' : ''}, as a number, range, step or list`;
  }
  return undefined;
}

function isPart(part: string, range: Range): boolean {
  const [span, step, ...rest] = part.split('/');
  if (span === undefined || rest.length > 0) return false;
  if (step !== undefined && !(isCount(step) && Number(step) > 0)) return false;
  const ends = span.split('-');
  if (ends[0] === '*' || ends[0] === '?') return true;
  if (ends.length > 2) return false;
  const first = numberOf(ends[0]!, range);
  const last = ends.length === 2 ? numberOf(ends[1]!, range) : first;
  if (first === undefined || last === undefined) return false;
  return first >= range.least && last <= range.most && first <= last;
}

function isCount(text: string): boolean {
  return /^\+?[0-9]+$/.test(text);
}

function numberOf(text: string, range: Range): number | undefined {
  const name = range.names?.indexOf(text.toLowerCase()) ?? -1;
  if (name >= 0) return name + range.least;
  return isCount(text) ? Number(text) : undefined;
}
