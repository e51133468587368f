/**
 * How often a message is tried again that reached nobody, and for how long. The tries are counted in the ledger, in the intent of
 * each, so a restart neither forgets a message nor begins to count anew.
 */
import type { Instant } from '../../procedure/facts.ts';
import type { RecordedEntry } from '../ports/ledger.ts';

const SECOND = 1000;
const MINUTE = 60 * SECOND;
/** Pauses before each further try, and before all that come after those. */
const PAUSES_MS = [15 * SECOND, 30 * SECOND, 2 * MINUTE, 5 * MINUTE, 15 * MINUTE] as const;
const LAST_PAUSE_MS = 60 * MINUTE;
/** A message this old is in the log for whoever reads it; nobody is called out for it any more. */
export const DAY_MS = 24 * 60 * MINUTE;

/** Whether a message that was tried in vain is due again. `lastAt`: when the last try ended; `raisedAt`: when the first one began. */
export function isDueAgain(tries: number, lastAt: Instant, raisedAt: number, now: Instant): boolean {
  return now - lastAt >= (PAUSES_MS[tries - 1] ?? LAST_PAUSE_MS) && now - raisedAt < DAY_MS;
}

/** How often a message was tried, and since when, as its newest intent has it. */
export function triesIn({ detail, at }: RecordedEntry): { readonly tries: number; readonly raisedAt: number } {
  const { tries, raisedAt } = detail;
  return {
    tries: typeof tries === 'number' ? tries : 1,
    raisedAt: typeof raisedAt === 'number' ? raisedAt : at,
  };
}
