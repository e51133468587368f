/** Rounds of the tenant feed that can be recognized: whoever finds one of its rows knows which round wrote it. */
import assert from 'node:assert/strict';
import type { IndexUpdate, TenantIndex } from '../../src/casework/ports/tenant-index.ts';
import type { GroupId, PersonId } from '../../src/procedure/facts.ts';
import { minutesLater, morning } from '../ledger/fixtures.ts';

/** More than the index writes in one go, so that a process can be killed between two parts of a round. */
const PEOPLE = 900;
const GROUP = 'c0000000-0000-4000-8000-000000000001' as GroupId;

const person = (n: number): PersonId => `d0000000-0000-4000-8000-${String(n).padStart(12, '0')}` as PersonId;
const seats = Array.from({ length: PEOPLE }, (_, n) => person(n));

/** Everybody gets a new number, one of them an event, and the group its members, all bearing the number of the round. */
export function updateOf(index: TenantIndex, round: number): IndexUpdate {
  const at = minutesLater(round);
  const digest = index.digest('office-number', `round ${round}`);
  return {
    status: { source: 'people', cursor: String(round), seenUpTo: at, observedSince: morning, trouble: null },
    sightings: seats.map((one) => ({ person: one, fact: 'office-number', seen: { kind: 'change', digest, at } })),
    events: [{ id: `round-${round}`, at, about: person(0), what: { kind: 'pass-created' } }],
    risks: [{ person: person(round % PEOPLE), facts: { level: 'low', confirmedCompromised: false }, at }],
    risksAreComplete: true,
    members: [{ group: GROUP, people: [person(round % PEOPLE)] }],
  };
}

/** The round that the cursor stands for; 0 before the first. */
export async function roundReached(index: TenantIndex): Promise<number> {
  return Number((await index.sources()).get('people')?.cursor ?? 0);
}

/** Checks that everything of the round of the cursor is there, and nothing of any later one. Gives that round. */
export async function checkRounds(index: TenantIndex): Promise<number> {
  const round = await roundReached(index);
  const events = await index.eventsAbout([person(0)], morning);
  assert.deepEqual(
    events.map(({ id }) => id),
    Array.from({ length: round }, (_, n) => `round-${n + 1}`),
  );
  if (round === 0) return round;
  const digest = index.digest('office-number', `round ${round}`);
  const others: PersonId[] = [];
  for (const one of seats) {
    if ((await index.factsAbout(one)).facts.get('office-number')?.digest !== digest) others.push(one);
  }
  assert.deepEqual(others, [], `not of round ${round}`);
  assert.deepEqual(await index.membersOf(GROUP), [person(round % PEOPLE)]);
  assert.equal((await index.riskOf(person(round % PEOPLE)))?.level, 'low');
  assert.equal(await index.riskOf(person((round + 1) % PEOPLE)), null);
  return round;
}
