/**
 * Reads the numbers and managers of everybody once, so that a number that is changed later differs from what is known at
 * the first look. It is read when the feed of changes begins and after every gap in it, a page at a time, when nothing more
 * urgent is to be read. A restart goes on with the next page.
 */
import { z } from 'zod';
import type { FactSighting } from '../../casework/ports/tenant-index.ts';
import type { Instant, PersonId } from '../../procedure/facts.ts';
import { readingOf } from '../answer.ts';
import { canonicalNumbers } from '../canonical.ts';
import { followable, path } from '../odata.ts';
import type { GraphPath } from '../odata.ts';
import { guid, page } from '../shapes.ts';
import { readCursor, writeCursor } from './cursor.ts';
import { fail, isForgotten, keep, LOW_PRIORITY, statusOf } from './source.ts';
import type { FeedSource, SourceParts } from './source.ts';

const RESOURCE = '/users';
const FIRST_PAGE = path(RESOURCE, {
  $select: 'id,mobilePhone,businessPhones',
  $expand: 'manager($select=id)',
  $top: 999,
});

const person = z.looseObject({
  id: guid,
  mobilePhone: z.string().nullable(),
  businessPhones: z.array(z.string()),
  manager: z.looseObject({ id: guid }).nullish(),
});
const people = page(person);

const instant = z.number().transform((at) => at as Instant);
/** `since`: the gapless time of the feed that this list is read for. `link`: the next page. */
const cursorShape = z.object({ since: instant, began: instant, link: z.string() });

/** Reads the list of everybody whenever the feed of changes began anew. */
export function readEverybody({ client, graphHost, index, now }: SourceParts): FeedSource {
  const sightingsOf = (entry: z.output<typeof person>, at: Instant): readonly FactSighting[] => {
    const seen = (fact: FactSighting['fact'], value: string): FactSighting => {
      return { person: entry.id as PersonId, fact, seen: { kind: 'value', digest: index.digest(fact, value), at } };
    };
    return [
      seen('office-number', canonicalNumbers(entry.businessPhones)),
      seen('mobile-number', canonicalNumbers([entry.mobilePhone ?? ''])),
      seen('manager', entry.manager?.id ?? ''),
    ];
  };

  return {
    name: 'everybody',
    async round(statuses) {
      const since = statusOf(statuses, 'people').observedSince;
      const status = statusOf(statuses, 'everybody');
      // First the feed, then the list: a change between the two is then told by the feed.
      if (since === null || status.observedSince === since) return { kind: 'complete' };
      const saved = readCursor(status.cursor, cursorShape);
      const going = saved !== null && saved.since === since ? saved : null;
      const began = going?.began ?? now();
      const where = going === null ? FIRST_PAGE : (going.link as GraphPath);
      const answer = await client.ask({ call: 'read-everybody', method: 'GET', path: where, headers: LOW_PRIORITY });
      if (going !== null && isForgotten(answer)) return fail(index, { ...status, cursor: null }, 'missing');
      const list = readingOf(answer, people);
      if (list.kind !== 'read') return fail(index, status, list.why);
      const { items, next } = list.value;
      const at = now();
      const sightings = items.flatMap((entry) => sightingsOf(entry, at));
      if (next === null) {
        await keep(index, { source: 'everybody', cursor: null, seenUpTo: began, observedSince: since }, { sightings });
        return { kind: 'complete' };
      }
      const link = followable(next, graphHost, RESOURCE);
      if (link === null) return fail(index, status, 'unknown-shape');
      const { source, seenUpTo, observedSince } = status;
      await keep(
        index,
        { source, cursor: writeCursor({ since, began, link }), seenUpTo, observedSince },
        { sightings },
      );
      return { kind: 'partial' };
    },
  };
}
