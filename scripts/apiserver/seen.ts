import type { ServerContext } from './context.ts';
import type { Field } from './field.ts';

/**
 * Parts that passed a check before. Overlays share most parts of an object with their base, as the very same objects,
 * so a check that depends on nothing but the part need not look twice. Parts with mistakes are looked at each time.
 */
export class Seen {
  private context: ServerContext | undefined;
  private parts = new WeakSet<object>();
  private readonly others = new WeakMap<ServerContext, WeakSet<object>>();

  /** Whether that very part passed at a server of that version. */
  has(part: object, at: Field): boolean {
    if (at.context !== this.context) this.turnTo(at.context);
    return this.parts.has(part);
  }

  /** Remembers a part that passed: nothing was found since there were `before` violations. */
  passed(part: object, at: Field, before: number): void {
    if (at.count !== before) return;
    if (at.context !== this.context) this.turnTo(at.context);
    this.parts.add(part);
  }

  private turnTo(context: ServerContext): void {
    this.context = context;
    let parts = this.others.get(context);
    if (parts === undefined) {
      parts = new WeakSet();
      this.others.set(context, parts);
    }
    this.parts = parts;
  }
}
