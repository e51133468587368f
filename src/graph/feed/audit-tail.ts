/**
 * Follows the tenant's audit log. Every round reads again what the last minutes of the round before covered, because
 * entries arrive late and out of order; the index keeps each of them once.
 */
import { z } from 'zod';
import { EVENTS_KEPT_MS } from '../../casework/ports/tenant-index.ts';
import type { Instant } from '../../procedure/facts.ts';
import { readingOf } from '../answer.ts';
import type { Answer } from '../answer.ts';
import { AUDIT_LOG, auditPage, auditPath } from '../audit-shapes.ts';
import type { AuditEntry } from '../audit-shapes.ts';
import { followable } from '../odata.ts';
import type { GraphPath } from '../odata.ts';
import type { ReportRateLimit } from '../report-rate-limit.ts';
import { changesIn, eventsIn } from './audit-events.ts';
import { keptSince } from './audit-reach.ts';
import { readCursor, writeCursor } from './cursor.ts';
import { fail, hadNoTurn, isForgotten, keep, later, statusOf } from './source.ts';
import type { FeedSource, SourceParts } from './source.ts';

/** No entry is looked for later than this after the time it bears, in milliseconds. */
const LEAST_OVERLAP_MS = 20 * 60_000;
/** Pages in one round before others get a turn. */
const MAX_PAGES = 2;
const FORGET_EVERY_MS = 24 * 3_600_000;

const instant = z.number().transform((at) => at as Instant);
/** A round that is not finished. `began`: when it began; `since`: since when the log is observed when it is finished. */
const cursorShape = z.object({ began: instant, since: instant, link: z.string() });

/** What the entries of a page mean for the index. */
export function foundIn(entries: readonly AuditEntry[], seenAt: Instant) {
  return {
    events: entries.flatMap((entry) => eventsIn(entry)),
    sightings: entries.flatMap((entry) => changesIn(entry, seenAt)),
  };
}

/** Follows the log. `logDelayMs`: how late an entry may arrive. */
export function followAudits(parts: SourceParts, rateLimit: ReportRateLimit, logDelayMs: number): FeedSource {
  const { client, graphHost, index, now } = parts;
  const overlapMs = Math.max(LEAST_OVERLAP_MS, logDelayMs);
  let forgotAt = -Infinity;
  /** Entries that were written, with their time: every round reads most of those of the round before. */
  const written = new Map<string, Instant>();

  function remember(entries: readonly AuditEntry[], since: Instant): void {
    for (const { id, activityDateTime } of entries) written.set(id, activityDateTime);
    for (const [id, at] of written) if (at < since) written.delete(id);
  }

  const ask = (where: GraphPath): Promise<Answer> =>
    rateLimit.ask('tail', () => client.ask({ call: 'read-audits', method: 'GET', path: where, once: true }));

  async function forget(): Promise<void> {
    const at = now();
    if (at - forgotAt < FORGET_EVERY_MS) return;
    forgotAt = at;
    await index.forgetEventsBefore((at - EVENTS_KEPT_MS) as Instant);
  }

  return {
    name: 'audit',
    async round(statuses) {
      const status = statusOf(statuses, 'audit');
      const saved = readCursor(status.cursor, cursorShape);
      const started = now();
      const began = saved?.began ?? started;
      const overlapped = ((status.seenUpTo ?? began) - overlapMs) as Instant;
      // Down for longer than the tenant keeps its log: what happened before is lost, so observation begins anew.
      const from = Math.max(overlapped, keptSince(statuses, began)) as Instant;
      const gapless = from === overlapped ? status.observedSince : null;
      const since = saved?.since ?? gapless ?? from;
      let where = saved === null ? auditPath(from) : (saved.link as GraphPath);
      for (let n = 0; n < MAX_PAGES; n += 1) {
        const answer = await ask(where);
        if (hadNoTurn(answer)) return { kind: 'partial' };
        if (isForgotten(answer) && saved !== null) return fail(index, { ...status, cursor: null }, 'missing');
        const list = readingOf(answer, auditPage);
        if (list.kind !== 'read') return fail(index, status, list.why);
        const { items, next } = list.value;
        const fresh = items.filter(({ id }) => !written.has(id));
        const found = foundIn(fresh, now());
        const { source, seenUpTo, observedSince } = status;
        if (next === null) {
          const seen = later(seenUpTo, began);
          await keep(index, { source, cursor: null, seenUpTo: seen, observedSince: since }, found);
          remember(fresh, from);
          await forget();
          return { kind: saved === null ? 'complete' : 'partial' };
        }
        const link = followable(next, graphHost, AUDIT_LOG);
        if (link === null) return fail(index, status, 'unknown-shape');
        await keep(index, { source, cursor: writeCursor({ began, since, link }), seenUpTo, observedSince }, found);
        remember(fresh, from);
        where = link;
      }
      return { kind: 'partial' };
    },
  };
}
