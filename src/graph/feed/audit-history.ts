/**
 * Reads the audit log backward from where the tail began, as far as the tenant keeps it: the newest entries first, one page
 * at a time, whenever the limit allows it. How far back it really came is what the log can vouch for.
 */
import type { Instant } from '../../procedure/facts.ts';
import { readingOf } from '../answer.ts';
import { AUDIT_LOG, auditPage, auditPath } from '../audit-shapes.ts';
import { followable } from '../odata.ts';
import type { GraphPath } from '../odata.ts';
import type { ReportRateLimit } from '../report-rate-limit.ts';
import { historyCursor, keptSince } from './audit-reach.ts';
import type { HistoryCursor } from './audit-reach.ts';
import { foundIn } from './audit-tail.ts';
import { readCursor, writeCursor } from './cursor.ts';
import { fail, hadNoTurn, isForgotten, keep, LOW_PRIORITY, statusOf } from './source.ts';
import type { FeedSource, SourceParts } from './source.ts';

/** A plan that was bought, or seen, later keeps the log for so much longer that the history is read again. */
const WORTH_READING_MS = 24 * 3_600_000;

/** Reads the history. */
export function readAuditHistory(parts: SourceParts, rateLimit: ReportRateLimit): FeedSource {
  const { client, graphHost, index, now } = parts;

  return {
    name: 'audit-history',
    async round(statuses) {
      const joins = statusOf(statuses, 'audit').observedSince;
      if (joins === null) return { kind: 'complete' };
      const status = statusOf(statuses, 'audit-history');
      const saved = readCursor(status.cursor, historyCursor);
      const kept = keptSince(statuses, now());
      const current = saved !== null && saved.joins === joins;
      const complete = current && saved.link === null && status.seenUpTo !== null;
      // Time passes and the tenant keeps less: what was read once stays read.
      const reached = current && status.observedSince !== null ? status.observedSince : joins;
      if (kept >= joins || (complete && kept > reached - WORTH_READING_MS)) return { kind: 'complete' };

      const going = current && saved.link !== null ? saved : null;
      const place: HistoryCursor = going ?? { joins, keptSince: kept, link: null };
      const where = place.link === null ? auditPath(place.keptSince, joins) : (place.link as GraphPath);
      const answer = await rateLimit.ask('backfill', () =>
        client.ask({ call: 'read-audit-history', method: 'GET', path: where, headers: LOW_PRIORITY, once: true }),
      );
      if (hadNoTurn(answer)) return { kind: 'partial' };
      const again = { ...status, cursor: writeCursor({ ...place, link: null }), seenUpTo: null };
      if (going !== null && isForgotten(answer)) return fail(index, again, 'missing');
      const list = readingOf(answer, auditPage);
      if (list.kind !== 'read') return fail(index, status, list.why);
      const { items, next } = list.value;
      const at = now();
      const found = foundIn(items, at);
      if (next === null) {
        const cursor = writeCursor({ ...place, link: null });
        const observedSince = Math.min(reached, place.keptSince) as Instant;
        await keep(index, { source: 'audit-history', cursor, seenUpTo: at, observedSince }, found);
        return { kind: 'complete' };
      }
      const link = followable(next, graphHost, AUDIT_LOG);
      if (link === null) return fail(index, status, 'unknown-shape');
      // The newest come first, so everything down to the oldest entry of this page has been read.
      const oldest = Math.min(...items.map(({ activityDateTime }) => activityDateTime), joins) as Instant;
      const observedSince = Math.min(reached, oldest) as Instant;
      const cursor = writeCursor({ ...place, link });
      await keep(index, { source: 'audit-history', cursor, seenUpTo: null, observedSince }, found);
      return { kind: 'partial' };
    },
  };
}
