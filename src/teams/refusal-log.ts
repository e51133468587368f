/**
 * The log lines about refused requests. A flood would fill the disk with them, so there is one line for each code and minute, with
 * how many there were. The metrics count every single one.
 */
import type { Log } from '../casework/ports/log.ts';
import type { Refusal, RefusalCode } from './refusal.ts';

const MINUTE = 60_000;

/** Notes a refusal. */
export type NoteRefusal = (refused: Refusal) => void;

/**
 * Builds the log. The first refusal with a code is written at once; those of the following minute are counted and written with the
 * next one after it. `now`: milliseconds since 1970.
 */
export function createRefusalLog(log: Log, now: () => number): NoteRefusal {
  const lines = new Map<RefusalCode, { readonly at: number; unwritten: number }>();
  return ({ status, code }) => {
    const line = lines.get(code);
    if (line !== undefined && Math.abs(now() - line.at) < MINUTE) {
      line.unwritten += 1;
      return;
    }
    log.info({ status, code, count: 1 + (line?.unwritten ?? 0) }, 'requests were refused');
    lines.set(code, { at: now(), unwritten: 0 });
  };
}
