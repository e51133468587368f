/**
 * Time as the tables hold it: ISO 8601 in UTC with milliseconds, 24 characters, so that text order is time order.
 * A time is read back exactly as it was written, or refused.
 */
import type { Instant } from '../procedure/facts.ts';

/** Ten thousand years from the year 0: outside of it ISO text has another length and another order. */
const LATEST = Date.UTC(9999, 11, 31, 23, 59, 59, 999);

/** An instant as text. Throws a RangeError for what is no whole millisecond between 1970 and 9999. */
export function toText(at: Instant): string {
  if (!Number.isSafeInteger(at) || at < 0 || at > LATEST) throw new RangeError('not an instant');
  return new Date(at).toISOString();
}

/** The instant that a text means; `null` when the text was not written by `toText`. */
export function fromText(text: string): Instant | null {
  const at = Date.parse(text) as Instant;
  if (!Number.isSafeInteger(at) || at < 0 || at > LATEST) return null;
  return toText(at) === text ? at : null;
}
