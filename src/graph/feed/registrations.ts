/**
 * Reads the registration report: who has enough methods for a self-service reset. The whole report every few hours, a page
 * at a time; one person only when a case asks about somebody whose row is missing or old. Nobody waits for it.
 */
import { z } from 'zod';
import type { IndexUpdate } from '../../casework/ports/tenant-index.ts';
import type { Instant, PersonId } from '../../procedure/facts.ts';
import { readingOf } from '../answer.ts';
import { registrationOf } from '../methods.ts';
import { followable, path, segment } from '../odata.ts';
import type { GraphPath } from '../odata.ts';
import type { ReportRateLimit } from '../report-rate-limit.ts';
import { guid, page, registrationShape } from '../shapes.ts';
import { readCursor, writeCursor } from './cursor.ts';
import { fail, hadNoTurn, isForgotten, keep, LOW_PRIORITY, statusOf } from './source.ts';
import type { FeedSource, SourceParts } from './source.ts';

const RESOURCE = '/reports/authenticationMethods/userRegistrationDetails';
const FIRST_PAGE = path(RESOURCE, { $top: 999 });

const row = registrationShape.extend({ id: guid });
const rows = page(row);

const cursorShape = z.object({ began: z.number().transform((at) => at as Instant), link: z.string() });

/** The report as a source, and for one person. */
export interface RegistrationReport extends FeedSource {
  /** Reads the row about one person, in the background. False when the limit had no room for it. */
  readOne(person: PersonId): Promise<boolean>;
}

/** Reads the report. `everyMs`: how old the whole of it may get. */
export function readRegistrations(
  { client, graphHost, index, now }: SourceParts,
  rateLimit: ReportRateLimit,
  everyMs: number,
): RegistrationReport {
  const known = (entry: z.output<typeof row>, readAt: Instant): NonNullable<IndexUpdate['registrations']>[number] => {
    return { person: entry.id as PersonId, known: { facts: registrationOf(entry), readAt } };
  };

  return {
    name: 'registration',
    async round(statuses) {
      const status = statusOf(statuses, 'registration');
      const saved = readCursor(status.cursor, cursorShape);
      const at = now();
      const fresh = status.seenUpTo !== null && at - status.seenUpTo < everyMs;
      if (saved === null && fresh && status.trouble === null) return { kind: 'complete' };
      const began = saved?.began ?? at;
      const where = saved === null ? FIRST_PAGE : (saved.link as GraphPath);
      const answer = await rateLimit.ask('backfill', () =>
        client.ask({ call: 'read-registrations', method: 'GET', path: where, headers: LOW_PRIORITY, once: true }),
      );
      if (hadNoTurn(answer)) return { kind: 'partial' };
      if (saved !== null && isForgotten(answer)) return fail(index, { ...status, cursor: null }, 'missing');
      const list = readingOf(answer, rows);
      if (list.kind !== 'read') return fail(index, status, list.why);
      const { items, next } = list.value;
      const readAt = now();
      const registrations = items.map((entry) => known(entry, readAt));
      const { source, seenUpTo } = status;
      if (next === null) {
        const observedSince = status.observedSince ?? began;
        await keep(index, { source, cursor: null, seenUpTo: began, observedSince }, { registrations });
        return { kind: 'complete' };
      }
      const link = followable(next, graphHost, RESOURCE);
      if (link === null) return fail(index, status, 'unknown-shape');
      const { observedSince } = status;
      await keep(index, { source, cursor: writeCursor({ began, link }), seenUpTo, observedSince }, { registrations });
      return { kind: 'partial' };
    },
    async readOne(person) {
      const answer = await rateLimit.ask('backfill', () =>
        client.ask({
          call: 'read-registration',
          method: 'GET',
          path: path(`${RESOURCE}/${segment(person)}`),
          headers: LOW_PRIORITY,
          once: true,
        }),
      );
      if (hadNoTurn(answer)) return false;
      const found = readingOf(answer, registrationShape);
      if (found.kind === 'read') {
        const facts = registrationOf(found.value);
        await index.write({ registrations: [{ person, known: { facts, readAt: now() } }] });
      }
      return true; // also when the report does not have them: asking again at once would not help
    },
  };
}
