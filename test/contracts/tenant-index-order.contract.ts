/** What the TenantIndex port promises about updates that come again, late, or in another order. */
import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { FollowedFact, IndexUpdate, TenantEvent, TenantIndex } from '../../src/casework/ports/tenant-index.ts';
import type { KnownFact } from '../../src/procedure/ages.ts';
import type { Instant, PersonId, RegistrationFacts, RiskFacts } from '../../src/procedure/facts.ts';
import { rounds, SAMPLE_SEED } from '../lane.ts';
import { minutesLater, morning } from '../ledger/fixtures.ts';

/** An index that was started for one test. */
export interface StartedIndex {
  readonly index: TenantIndex;
  /** Closes the index and opens it again, as a restart of the bot does. */
  restart(): Promise<void>;
  stop(): Promise<void>;
}

const RUNS = rounds({ quick: 40, full: 500 });
const PEOPLE = 3;
const FACTS: readonly FollowedFact[] = ['office-number', 'manager'];

const minute = fc.integer({ min: 1, max: 600 });
const who = fc.nat(PEOPLE - 1);
const level = fc.constantFrom<RiskFacts['level']>('none', 'low', 'medium', 'high');

/** One thing that an update can hold. What was read at one moment is one and the same, so it follows from the moment. */
type Piece = (person: (n: number) => PersonId, index: TenantIndex) => IndexUpdate;
const piece: fc.Arbitrary<Piece> = fc.oneof(
  fc.tuple(who, minute, fc.constantFrom(...FACTS)).map(([n, at, fact]): Piece => (person, index) => {
    const seen = { kind: 'value', digest: index.digest(fact, `value ${n}`), at: minutesLater(at) } as const;
    return { sightings: [{ person: person(n), fact, seen }] };
  }),
  fc.tuple(who, minute, minute, fc.constantFrom(...FACTS)).map(([n, at, later, fact]): Piece => (person) => {
    const seen = { kind: 'logged-change', at: minutesLater(at), seenAt: minutesLater(at + later) } as const;
    return { sightings: [{ person: person(n), fact, seen }] };
  }),
  fc.tuple(who, minute).map(([n, at]): Piece => (person) => {
    const event: TenantEvent = { id: `e${at}`, at: minutesLater(at), about: person(n), what: { kind: 'pass-created' } };
    return { events: [event] };
  }),
  fc.tuple(who, minute, level).map(([n, at, given]): Piece => (person) => {
    const facts: RiskFacts = { level: given, confirmedCompromised: false };
    return { risks: [{ person: person(n), facts, at: (minutesLater(at) + LEVELS[given]) as Instant }] };
  }),
  fc.tuple(who, minute).map(([n, at]): Piece => (person) => {
    return { registrations: [{ person: person(n), known: { facts: registered(at), readAt: minutesLater(at) } }] };
  }),
);

/** Two risks of one person never have the same moment. */
const LEVELS: Readonly<Record<RiskFacts['level'], number>> = { none: 0, low: 1, medium: 2, high: 3 };

function registered(at: number): RegistrationFacts {
  const ssprCapable = at % 2 === 0;
  return { ssprEnabled: true, ssprRegistered: ssprCapable, ssprCapable, hasSecurityQuestions: false, reportAt: null };
}

export function orderPromises(start: () => Promise<StartedIndex>): void {
  it('ends up knowing the same, in whatever order updates come, and however often', async function () {
    this.timeout(RUNS * 1_000);
    const [inOrder, disordered] = [await start(), await start()];
    let used = 0;
    const orders = fc.array(piece, { minLength: 1, maxLength: 12 }).chain((pieces) =>
      fc.record({
        pieces: fc.constant(pieces),
        shuffled: fc.shuffledSubarray(pieces, { minLength: pieces.length, maxLength: pieces.length }),
        again: fc.subarray(pieces),
      }),
    );
    const checked = fc.asyncProperty(orders, async ({ pieces, shuffled, again }) => {
      used += PEOPLE; // other people in every run: opening an index takes longer than using it
      const person = personOf(used);
      for (const one of pieces) await inOrder.index.write(one(person, inOrder.index));
      const disorder = [...again, ...shuffled, ...again];
      for (const one of disorder) await disordered.index.write(one(person, inOrder.index));
      for (let n = 0; n < PEOPLE; n += 1) {
        assert.deepEqual(await allAbout(disordered.index, person(n)), await allAbout(inOrder.index, person(n)));
      }
    });
    try {
      await fc.assert(checked, { seed: SAMPLE_SEED, numRuns: RUNS });
    } finally {
      for (const started of [inOrder, disordered]) await started.stop();
    }
  });
}

const personOf =
  (first: number) =>
  (n: number): PersonId =>
    `d0000000-0000-4000-8000-${String(first + n).padStart(12, '0')}` as PersonId;

async function allAbout(index: TenantIndex, person: PersonId) {
  const { facts } = await index.factsAbout(person);
  return {
    facts: new Map([...facts].map(([fact, known]) => [fact, comparable(known)])),
    events: await index.eventsAbout([person], morning),
    risk: await index.riskOf(person),
    registration: await index.registrationOf(person),
  };
}

/** When a value was first seen that nobody has seen means nothing. */
function comparable(known: KnownFact): Partial<KnownFact> {
  if (known.digest !== null) return known;
  const { changedAt } = known;
  return { changedAt };
}
