import type { RuleViolation, Severity } from '../core/finding.ts';
import type { Path } from '../core/path.ts';
import type { Value } from '../core/value.ts';
import type { ServerContext } from './context.ts';
import type { ServerRule } from './rule.ts';

type Step = string | number;

/**
 * A place in the object that is being checked, as linked steps: the path is only built when something is wrong.
 * The server's field paths are not always those of the manifest, so a place has two: the one that the server
 * names and the one where the value stands.
 */
export class Field {
  private constructor(
    private readonly found: RuleViolation[],
    readonly context: ServerContext,
    readonly rule: ServerRule,
    private readonly parent: Field | undefined,
    /** The step in the server's answer; undefined where the server stops at the parent. */
    private readonly named: Step | undefined,
    /** The step in the manifest; undefined where the server adds one that the manifest lacks. */
    private readonly real: Step | undefined,
  ) {}

  /** The root of an object, or of a part whose violations are moved to where the part stands. */
  static root(context: ServerContext, rule: ServerRule, found: RuleViolation[]): Field {
    return new Field(found, context, rule, undefined, undefined, undefined);
  }

  /** A member or an item. */
  at(step: Step): Field {
    return new Field(this.found, this.context, this.rule, this, step, step);
  }

  /** A member or an item whose mistakes the server reports at its parent, as with the keys of labels. */
  within(step: Step): Field {
    return new Field(this.found, this.context, this.rule, this, undefined, step);
  }

  /** A member that the server calls otherwise or not at all; `real` undefined where the manifest has no such step. */
  alias(named: Step | undefined, real: Step | undefined): Field {
    return new Field(this.found, this.context, this.rule, this, named, real);
  }

  /** The same place, for another rule. */
  under(rule: ServerRule): Field {
    if (rule === this.rule) return this;
    return new Field(this.found, this.context, rule, this.parent, this.named, this.real);
  }

  /** How many violations there are so far: two readings tell whether the checks between them found any. */
  get count(): number {
    return this.found.length;
  }

  get path(): Path {
    const steps: Step[] = [];
    for (let field: Field | undefined = this; field !== undefined; field = field.parent)
      if (field.named !== undefined) steps.push(field.named);
    return steps.reverse();
  }

  private get place(): Path | undefined {
    const steps: Step[] = [];
    let differs = false;
    for (let field: Field | undefined = this; field !== undefined; field = field.parent) {
      if (field.real !== field.named) differs = true;
      if (field.real !== undefined) steps.push(field.real);
    }
    return differs ? steps.reverse() : undefined;
  }

  /** How messages call the field: its name and its parent's, with the items of lists. */
  get label(): string {
    let label = '';
    let names = 0;
    for (let field: Field | undefined = this; field !== undefined; field = field.parent) {
      // A step that only the server has is named where the manifest has none to name.
      const step = field.real ?? (field === this ? field.named : undefined);
      if (step === undefined) continue;
      const tail = label === '' || label.startsWith('[') ? label : `.${label}`;
      if (typeof step === 'number') label = `[${step}]${tail}`;
      else {
        label = `${/^[A-Za-z0-9]/.test(step) ? step : `"${step}"`}${tail}`;
        if (++names === 2) return label;
      }
    }
    return label === '' ? 'object' : label;
  }

  /** Says it in full: what is, then what was expected. */
  refuse(message: string, more: { readonly severity?: Severity; readonly fix?: string } = {}): void {
    const { place } = this;
    this.found.push({ rule: this.rule, at: this.path, message, ...(place && { place }), ...more });
  }

  /** Takes over what was found of a part by itself, moved to where the part stands. */
  adopt(violations: readonly RuleViolation[]): void {
    const { path } = this;
    const real = this.place ?? path;
    for (const violation of violations) {
      const at = [...path, ...violation.at];
      const place = violation.place ?? (real === path ? undefined : violation.at);
      this.found.push(
        place === undefined ? { ...violation, at } : { ...violation, at, place: [...real, ...place] },
      );
    }
  }

  /** Something mandatory is absent or empty. */
  required(expected: string): void {
    this.refuse(`${this.label} is missing, expected ${expected}`);
  }

  /** The value breaks the rule that `expected` states. */
  invalid(value: Value | undefined, expected: string): void {
    this.refuse(`${this.label} is ${show(value)}, expected ${expected}`);
  }

  /** The value is none of those that the server knows. */
  unsupported(value: Value | undefined, allowed: readonly string[]): void {
    this.refuse(
      `${this.label} is ${show(value)}, expected ${allowed.length > 1 ? 'one of ' : ''}${allowed.join(', ')}`,
    );
  }

  /** The value stands elsewhere in the same list. */
  duplicate(value: Value | undefined): void {
    this.refuse(`${this.label} repeats ${show(value)}, expected a value of its own`);
  }

  /** The field must not be set; `why` reads after "expected none": `with hostNetwork`. */
  forbidden(why: string): void {
    this.refuse(`${this.label} is set, expected none ${why}`);
  }

  /** A reference within the object leads nowhere. */
  notFound(value: Value | undefined, expected: string): void {
    this.refuse(`${this.label} names ${show(value)}, expected ${expected}`);
  }

  /** More than the limit of characters, bytes or entries (`unit`). */
  tooLong(size: number, limit: number, unit: string): void {
    this.refuse(`${this.label} has ${size} ${unit}, expected at most ${limit}`);
  }
}

/** A value as messages show it. */
export function show(value: Value | undefined): string {
  if (value === undefined || value === null) return 'absent';
  if (typeof value === 'string') return `"${value.length > 80 ? `${value.slice(0, 77)}…` : value}"`;
  if (typeof value !== 'object') return String(value);
  return Array.isArray(value) ? `a list of ${value.length}` : 'set';
}
