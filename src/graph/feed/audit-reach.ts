/**
 * How far the audit log was read: forward by the tail, backward by the history. The two are one piece only if the history
 * ends where this tail began; after a gap in the tail an older history vouches for nothing any more.
 */
import { z } from 'zod';
import type { Instant } from '../../procedure/facts.ts';
import type { Watched } from '../../procedure/ages.ts';
import { readCursor } from './cursor.ts';
import { statusOf } from './source.ts';
import type { Statuses } from './source.ts';

const DAY_MS = 24 * 3_600_000;
/** How long Microsoft keeps the log: with a plan (P1 or P2), and without. In days. */
const KEPT_DAYS = { licensed: 30, free: 7 } as const;
/** The oldest entries are on their way out: they are not counted on. */
const EDGE_MS = 3_600_000;

const instant = z.number().transform((at) => at as Instant);
/** `joins`: where the tail began that this history leads up to. `keptSince`: how far back it is to go. */
export const historyCursor = z.object({ joins: instant, keptSince: instant, link: z.string().nullable() });

/** Where the history is. `link` `null`: it begins with the first page, or is complete. */
export type HistoryCursor = z.output<typeof historyCursor>;

/**
 * Since when the tenant keeps its log. The registration report needs the same plan, so whether it could be read tells
 * whether there is one. As long as that is not known, there is none: what a tenant without a plan does not show must not
 * count as thirty days in which nothing happened.
 */
export function keptSince(statuses: Statuses, now: Instant): Instant {
  const { seenUpTo, trouble } = statusOf(statuses, 'registration');
  const licensed = trouble !== 'not-licensed' && seenUpTo !== null;
  return (now - KEPT_DAYS[licensed ? 'licensed' : 'free'] * DAY_MS + EDGE_MS) as Instant;
}

/** The log as a witness; `null` when it was never read. */
export function logWatched(statuses: Statuses): Watched | null {
  const tail = statusOf(statuses, 'audit');
  if (tail.seenUpTo === null || tail.observedSince === null) return null;
  const history = statusOf(statuses, 'audit-history');
  const joined = readCursor(history.cursor, historyCursor)?.joins === tail.observedSince;
  const since = joined && history.observedSince !== null ? history.observedSince : tail.observedSince;
  return { since: Math.min(since, tail.observedSince) as Instant, upTo: tail.seenUpTo };
}
