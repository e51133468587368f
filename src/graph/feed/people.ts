/**
 * Follows the changes of people: numbers and managers, by `users/delta`. The first round asks for "from now on" and lists
 * nobody; from then on every round tells what changed since the one before.
 *
 * When Graph no longer knows where the feed was, it starts again from now. What changed in between was told to nobody, so
 * the time without a gap begins anew, and the list of everybody is read again (everybody.ts).
 */
import { z } from 'zod';
import type { FactSighting, SourceStatus } from '../../casework/ports/tenant-index.ts';
import type { Instant, PersonId } from '../../procedure/facts.ts';
import { readingOf } from '../answer.ts';
import type { Answer } from '../answer.ts';
import { canonicalNumbers } from '../canonical.ts';
import { followable, path } from '../odata.ts';
import type { GraphPath } from '../odata.ts';
import { guid } from '../shapes.ts';
import { readCursor, writeCursor } from './cursor.ts';
import { fail, isForgotten, keep, later, statusOf } from './source.ts';
import type { FeedSource, RoundEnd, SourceParts } from './source.ts';

/** What is followed. Names and states are there for alarms that come later; only numbers and managers are kept. */
const PROPERTIES = 'displayName,userPrincipalName,accountEnabled,mobilePhone,businessPhones,manager';
const RESOURCE = '/users/delta';
/** Pages in one round before others get a turn. */
const MAX_PAGES = 20;
/** Entries hold only what changed, instead of everything that was asked for. */
const MINIMAL = { Prefer: 'return=minimal' };

const person = z.looseObject({
  id: guid,
  '@removed': z.unknown().optional(),
  mobilePhone: z.string().nullable().optional(),
  businessPhones: z.array(z.string()).nullable().optional(),
  'manager@delta': z.array(z.looseObject({ id: guid, '@removed': z.unknown().optional() })).optional(),
});
const deltaPage = z.looseObject({
  value: z.array(person),
  '@odata.nextLink': z.string().optional(),
  '@odata.deltaLink': z.string().optional(),
});
type DeltaPage = z.output<typeof deltaPage>;

/** Where the feed is. `began`: when the round began that this link belongs to. */
const cursorShape = z.object({
  link: z.string(),
  at: z.enum(['next-page', 'next-round']),
  began: z.number().transform((at) => at as Instant),
  properties: z.literal(PROPERTIES),
});
type Cursor = z.output<typeof cursorShape>;

/** Follows the changes of people. `feedDelayMs`: how late the feed may tell of a change. */
export function followPeople(parts: SourceParts, feedDelayMs: number): FeedSource {
  const { client, graphHost, index, now } = parts;

  const ask = (where: GraphPath): Promise<Answer> =>
    client.ask({ call: 'follow-people', method: 'GET', path: where, headers: MINIMAL });

  /** The link of a page and what it leads to; `null` when there is none that may be followed. */
  function linkOf(page: DeltaPage, began: Instant): Cursor | null {
    const { '@odata.nextLink': next, '@odata.deltaLink': delta } = page;
    const link = followable(next ?? delta ?? '', graphHost, RESOURCE);
    if (link === null) return null;
    return { link, at: next === undefined ? 'next-round' : 'next-page', began, properties: PROPERTIES };
  }

  /** "From now on." A change made just before may never be told, and one made just after may have been missed. */
  async function begin(status: SourceStatus): Promise<RoundEnd> {
    const began = now();
    let where: GraphPath | null = path(RESOURCE, { $select: PROPERTIES, $deltatoken: 'latest' });
    const sightings: FactSighting[] = [];
    for (let n = 0; n < MAX_PAGES; n += 1) {
      const page = readingOf(await ask(where), deltaPage);
      if (page.kind !== 'read') return fail(index, status, page.why);
      sightings.push(...page.value.value.flatMap(sightingsIn));
      const cursor = linkOf(page.value, began);
      if (cursor === null) break;
      if (cursor.at === 'next-round') {
        const observedSince = (began + feedDelayMs) as Instant;
        await keep(
          index,
          { source: 'people', cursor: writeCursor(cursor), seenUpTo: began, observedSince },
          { sightings },
        );
        return { kind: 'complete' };
      }
      where = cursor.link as GraphPath;
    }
    return fail(index, status, 'unknown-shape');
  }

  function sightingsIn(entry: z.output<typeof person>): readonly FactSighting[] {
    if ('@removed' in entry) return []; // there is nothing left to dial
    const at = now();
    const about = entry.id as PersonId;
    const changed = (fact: FactSighting['fact'], value: string): FactSighting => {
      return { person: about, fact, seen: { kind: 'change', digest: index.digest(fact, value), at } };
    };
    const { mobilePhone, businessPhones, 'manager@delta': managers } = entry;
    const manager = managers?.findLast((one) => !('@removed' in one));
    return [
      ...(businessPhones === undefined ? [] : [changed('office-number', canonicalNumbers(businessPhones ?? []))]),
      ...(mobilePhone === undefined ? [] : [changed('mobile-number', canonicalNumbers([mobilePhone ?? '']))]),
      ...(managers === undefined ? [] : [changed('manager', manager?.id ?? '')]),
    ];
  }

  return {
    name: 'people',
    async round(statuses) {
      const status = statusOf(statuses, 'people');
      let cursor = readCursor(status.cursor, cursorShape);
      if (cursor === null || status.observedSince === null) return begin(status);
      // Pages that were left over from an earlier round tell what happened before that round, and not since.
      const started = now();
      let began = cursor.at === 'next-page' ? cursor.began : started;
      let { seenUpTo } = status;
      for (let n = 0; n < MAX_PAGES; n += 1) {
        const answer = await ask(cursor.link as GraphPath);
        if (isForgotten(answer)) return begin(status);
        const page = readingOf(answer, deltaPage);
        const reached = { ...status, cursor: writeCursor(cursor), seenUpTo };
        if (page.kind !== 'read') return fail(index, reached, page.why);
        const next = linkOf(page.value, began);
        if (next === null) return fail(index, reached, 'unknown-shape');
        if (next.at === 'next-round') seenUpTo = later(seenUpTo, began);
        const sightings = page.value.value.flatMap(sightingsIn);
        const { source, observedSince } = status;
        await keep(index, { source, cursor: writeCursor(next), seenUpTo, observedSince }, { sightings });
        if (next.at === 'next-round' && began >= started) return { kind: 'complete' };
        if (next.at === 'next-round') began = now();
        cursor = next;
      }
      return { kind: 'partial' };
    },
  };
}
