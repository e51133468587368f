/**
 * The pass, held so that it cannot be printed, logged, serialised or stored by accident.
 * The one rule kept here: the code leaves through `reveal()`, once, and nowhere else.
 */
import { inspect } from 'node:util';

const MARK = '[secret]';

/** A value that shows itself once. Every ordinary way to print it gives a mark; turning it into JSON throws. */
export class Secret {
  #value: string | null;

  constructor(value: string) {
    this.#value = value;
  }

  /**
   * Gives the value, the first time; afterwards `null`, and the value is no longer held.
   * Called in one place: where the answer to the technician's click is written.
   */
  reveal(): string | null {
    const value = this.#value;
    this.#value = null;
    return value;
  }

  toString(): string {
    return MARK;
  }

  toJSON(): never {
    throw new TypeError('A secret cannot be serialised.');
  }

  [Symbol.toPrimitive](): string {
    return MARK;
  }

  [inspect.custom](): string {
    return MARK;
  }
}
