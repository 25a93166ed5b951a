import { regExpOf } from '../schema/pattern.ts';
import { NotEvaluated } from './not-evaluated.ts';

/**
 * The regular expression that CEL (RE2) writes.
 * @throws NotEvaluated where JavaScript has no equal, Error where it is none
 */
export function regularExpression(pattern: string): RegExp {
  const made = regExpOf(leadingFlags(pattern));
  if (made !== undefined) return made;
  if (isBroken(pattern)) throw new Error(`"${pattern}" is no regular expression`);
  throw new NotEvaluated(`regular expression "${pattern}"`);
}

/** `^(?i)x` says the same as `(?i)^x`, which JavaScript can say as a flag. */
function leadingFlags(pattern: string): string {
  return pattern.replace(/^\^(\(\?[ims]+\))/, '$1^');
}

/** Certainly none of RE2: look-around, references back, and what no dialect reads. */
export function isBroken(pattern: string): boolean {
  if (regExpOf(leadingFlags(pattern)) !== undefined) return false;
  if (/\(\?<?[=!]/.test(pattern) || /\\[1-9]/.test(pattern)) return true;
  // What only RE2 knows is no proof of a mistake.
  if (/\(\?[a-zA-Z-]|\\[pPQzAC]|\[:/.test(pattern)) return false;
  try {
    return new RegExp(pattern) === undefined;
  } catch {
    return true;
  }
}
