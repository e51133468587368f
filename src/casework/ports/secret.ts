/**
 * Holds the code of a pass, so that it cannot be printed, logged, serialized or stored by accident.
 * The only way to get it is `reveal()`, which works once.
 */
import { inspect } from 'node:util';

const MARK = '[secret]';

/** A value that can be read once. Printing it gives a placeholder, and turning it into JSON throws. */
export class Secret {
  #value: string | null;

  constructor(value: string) {
    this.#value = value;
  }

  /**
   * Returns the value the first time and forgets it; later calls return `null`.
   * Called in one place only: where the answer to the technician's click is written.
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
    throw new TypeError('A secret cannot be serialized.');
  }

  [Symbol.toPrimitive](): string {
    return MARK;
  }

  [inspect.custom](): string {
    return MARK;
  }
}
