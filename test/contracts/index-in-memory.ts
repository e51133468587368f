/** A tenant index in memory, by the same rules as the one in the database. For tests of what reads and writes it. */
import { createHmac } from 'node:crypto';
import type {
  FollowedFact,
  IndexUpdate,
  KnownRegistration,
  KnownRisk,
  SourceName,
  SourceStatus,
  TenantEvent,
  TenantIndex,
} from '../../src/casework/ports/tenant-index.ts';
import { Fault } from '../../src/casework/ports/fault.ts';
import { checkUpdate } from '../../src/ledger/index-shape.ts';
import { afterSighting } from '../../src/procedure/ages.ts';
import type { KnownFact, SourceDelays } from '../../src/procedure/ages.ts';
import type { GroupId, PersonId } from '../../src/procedure/facts.ts';

/** The index, and what a test can see of it. */
export interface IndexInMemory extends TenantIndex {
  /** Every update that was written, oldest first. */
  readonly updates: readonly IndexUpdate[];
  /** While true, every call fails as with a broken disk. */
  broken: boolean;
}

/** Opens an empty index. */
export function openIndexInMemory(delays: SourceDelays): IndexInMemory {
  const sources = new Map<SourceName, SourceStatus>();
  const facts = new Map<PersonId, Map<FollowedFact, KnownFact>>();
  const events = new Map<string, TenantEvent>();
  const risks = new Map<PersonId, KnownRisk>();
  const registrations = new Map<PersonId, KnownRegistration>();
  const members = new Map<GroupId, readonly PersonId[]>();
  const updates: IndexUpdate[] = [];

  function write(update: IndexUpdate): void {
    updates.push(update);
    const feedReadUpTo = sources.get('people')?.seenUpTo ?? null;
    for (const { person, fact, seen } of update.sightings ?? []) {
      const known = facts.get(person) ?? new Map<FollowedFact, KnownFact>();
      known.set(fact, afterSighting(known.get(fact) ?? null, seen, feedReadUpTo, delays));
      facts.set(person, known);
    }
    for (const event of update.events ?? []) {
      const key = `${event.id} ${event.about}`;
      if (!events.has(key)) events.set(key, event);
    }
    const listed = update.risks ?? [];
    if (update.risksAreComplete === true) {
      for (const person of risks.keys()) if (!listed.some((one) => one.person === person)) risks.delete(person);
    }
    for (const risk of listed) if (risk.at >= (risks.get(risk.person)?.at ?? 0)) risks.set(risk.person, risk);
    for (const { person, known } of update.registrations ?? []) {
      if (known.readAt >= (registrations.get(person)?.readAt ?? 0)) registrations.set(person, known);
    }
    for (const { group, people } of update.members ?? []) members.set(group, [...new Set(people)].toSorted());
    if (update.status !== undefined) sources.set(update.status.source, update.status);
  }

  const index: IndexInMemory = {
    updates,
    broken: false,
    digest: (fact, value) => createHmac('sha256', 'a key of this test').update(`${fact}\0${value}`).digest('base64url'),
    sources: async () => new Map(whole(sources)),
    async write(update) {
      checkUpdate(whole(update));
      const turns = 1 + (update.sightings?.length ?? 0) / 300; // whoever writes much lets others go on meanwhile
      for (let n = 0; n < turns; n += 1) await new Promise<void>((resolve) => setImmediate(resolve));
      write(update);
    },
    factsAbout: async (person) => ({
      facts: new Map(whole(facts).get(person) ?? []),
      sources: new Map(sources),
      erasedAt: null,
    }),
    othersWith: async (digests, person) =>
      [...whole(facts)].filter(
        ([other, known]) =>
          other !== person && [...known.values()].some(({ digest }) => digest !== null && digests.includes(digest)),
      ).length,
    eventsAbout: async (people, since) =>
      [...whole(events).values()]
        .filter((event) => people.includes(event.about) && event.at >= since)
        .sort((a, b) => a.at - b.at),
    riskOf: async (person) => whole(risks).get(person)?.facts ?? null,
    registrationOf: async (person) => whole(registrations).get(person) ?? null,
    membersOf: async (group) => whole(members).get(group) ?? null,
    forgetEventsBefore: async (moment) => {
      for (const [key, event] of whole(events)) if (event.at < moment) events.delete(key);
    },
  };
  function whole<T>(value: T): T {
    if (index.broken) throw new Fault('ledger-unwritable', { internal: 'test' });
    return value;
  }
  return index;
}
