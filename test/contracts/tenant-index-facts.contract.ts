/** What the TenantIndex port promises about followed facts, sources, and the one transaction they share. */
import assert from 'node:assert/strict';
import type { FactSighting, FollowedFact, SourceStatus, TenantIndex } from '../../src/casework/ports/tenant-index.ts';
import type { PersonId } from '../../src/procedure/facts.ts';
import { lena, minutesLater, morning, noah } from '../ledger/fixtures.ts';

const PHONE: FollowedFact = 'method:3179e48a-750b-4051-897c-87b9720928f7';

function status(over: Partial<SourceStatus> = {}): SourceStatus {
  return { source: 'people', cursor: 'token-1', seenUpTo: morning, observedSince: morning, trouble: null, ...over };
}

export function factPromises(index: () => TenantIndex, restart: () => Promise<void>): void {
  const looked = (value: string, minute: number, over: Partial<FactSighting> = {}): FactSighting => {
    const fact = over.fact ?? 'office-number';
    const seen = { kind: 'value', digest: index().digest(fact, value), at: minutesLater(minute) } as const;
    return { person: lena, fact, seen, ...over };
  };
  const delivered = (value: string, minute: number): FactSighting =>
    looked(value, minute, {
      seen: { kind: 'change', digest: index().digest('office-number', value), at: minutesLater(minute) },
    });
  const known = async (person: PersonId, fact: FollowedFact) =>
    (await index().factsAbout(person)).facts.get(fact) ?? null;

  it('gives equal digests to equal values of one fact, also after a restart, and tells nothing of the value', async () => {
    const digest = index().digest('office-number', '+49 30 1234');
    assert.equal(index().digest('office-number', '+49 30 1234'), digest);
    assert.notEqual(index().digest('office-number', '+49 30 1235'), digest);
    assert.notEqual(index().digest('mobile-number', '+49 30 1234'), digest);
    assert.match(digest, /^[A-Za-z0-9_-]{43}$/u);
    await restart();
    assert.equal(index().digest('office-number', '+49 30 1234'), digest);
  });

  it('knows nothing about anybody at first', async () => {
    assert.deepEqual(await index().factsAbout(lena), { facts: new Map(), sources: new Map(), erasedAt: null });
    assert.deepEqual(await index().sources(), new Map());
  });

  it('remembers since when a value has been seen, however often it is seen again', async () => {
    await index().write({ sightings: [looked('1', 0)] });
    await index().write({ sightings: [looked('1', 5), looked('1', 9)] });
    const expected = { digest: index().digest('office-number', '1'), firstSeenAt: morning, changedAt: null };
    assert.deepEqual(await known(lena, 'office-number'), expected);
    await restart();
    assert.deepEqual(await known(lena, 'office-number'), expected);
  });

  it('counts another value as changed when it was seen, within one update, too', async () => {
    await index().write({ sightings: [looked('1', 0), looked('2', 5)] });
    const digest = index().digest('office-number', '2');
    assert.deepEqual(await known(lena, 'office-number'), {
      digest,
      firstSeenAt: minutesLater(5),
      changedAt: minutesLater(5),
    });
  });

  it('keeps the facts of a person apart, and the people apart', async () => {
    await index().write({
      sightings: [looked('1', 0), looked('1', 1, { fact: PHONE }), looked('1', 2, { person: noah })],
    });
    const { facts } = await index().factsAbout(lena);
    assert.deepEqual([...facts.keys()].sort(), [PHONE, 'office-number']);
    assert.deepEqual([...(await index().factsAbout(noah)).facts.keys()], ['office-number']);
  });

  it('takes a first sight back when the feed tells of the change that it was too early for', async () => {
    await index().write({ status: status({ seenUpTo: morning }) });
    await index().write({ sightings: [looked('2', 1)] });
    await index().write({
      sightings: [delivered('2', 2)],
      status: status({ seenUpTo: minutesLater(2), cursor: 'token-2' }),
    });
    assert.equal((await known(lena, 'office-number'))?.changedAt, minutesLater(2));
  });

  it('keeps a change that the log tells of before anybody looked', async () => {
    const seen = { kind: 'logged-change', at: morning, seenAt: minutesLater(8) } as const;
    await index().write({ sightings: [{ person: lena, fact: 'manager', seen }] });
    assert.equal((await known(lena, 'manager'))?.digest, null);
    await index().write({ sightings: [looked('x', 10, { fact: 'manager' })] });
    assert.equal((await known(lena, 'manager'))?.changedAt, morning);
  });

  it('says how far each source was read, in the words it was given, and after a restart, too', async () => {
    const failing = status({ trouble: 'throttled', seenUpTo: null, observedSince: null, cursor: null });
    await index().write({ status: status({ source: 'audit' }) });
    await index().write({ status: failing });
    const expected = new Map([
      ['audit', status({ source: 'audit' })],
      ['people', failing],
    ]);
    assert.deepEqual(await index().sources(), expected);
    await restart();
    assert.deepEqual(await index().sources(), expected);
    assert.deepEqual((await index().factsAbout(lena)).sources, expected);
  });

  it('writes nothing of an update that is wrong in any part, and never repeats a value in the refusal', async () => {
    const number = '+49 151 2345678';
    const wrong: readonly unknown[] = [
      { sightings: [{ ...looked('1', 0), fact: number }] },
      { sightings: [{ ...looked('1', 0), seen: { kind: 'value', digest: number, at: morning } }] },
      { sightings: [{ ...looked('1', 0), person: number }] },
      { sightings: [{ ...looked('1', 0), value: number }] },
      { sightings: [looked('1', 0)], names: [number] },
      { status: { ...status(), trouble: number } },
      { status: { ...status(), seenUpTo: 1.5 } },
    ];
    for (const update of wrong) {
      const whole = { sightings: [looked('1', 0)], status: status(), ...(update as object) };
      await assert.rejects(
        index().write(whole),
        (error) => error instanceof TypeError && !error.message.includes(number),
      );
    }
    assert.deepEqual(await index().sources(), new Map());
    assert.equal((await index().factsAbout(lena)).facts.size, 0);
  });

  it('counts the other people who have one of some values, each of them once, whatever the fact is', async () => {
    const sofia = 'b0000000-0000-4000-8000-000000000013' as PersonId;
    const office = index().digest('office-number', '+4930');
    const mobile = index().digest('mobile-number', '+4930');
    assert.equal(await index().othersWith([office, mobile], lena), 0);
    await index().write({
      sightings: [
        looked('+4930', 0),
        looked('+4930', 0, { person: noah }),
        looked('+4930', 0, { person: noah, fact: 'mobile-number' }),
        looked('+4930', 0, { person: sofia, fact: 'mobile-number' }),
      ],
    });
    assert.equal(await index().othersWith([office, mobile], lena), 2);
    assert.equal(await index().othersWith([office], lena), 1);
    assert.equal(await index().othersWith([index().digest('office-number', '+4931')], lena), 0);
    assert.equal(await index().othersWith([], lena), 0);
    await index().write({ sightings: [looked('+4931', 9, { person: noah })] });
    assert.equal(await index().othersWith([office], lena), 0, 'a number that was given up is shared no longer');
    await restart();
    assert.equal(await index().othersWith([office, mobile], lena), 2);
  });

  it('writes a page of a thousand people whole, and leaves the event loop to the others meanwhile', async () => {
    const people = Array.from({ length: 999 }, (_, n) => `b0000000-0000-4000-8000-${String(n).padStart(12, '0')}`);
    const page = people.flatMap((person) =>
      (['office-number', 'mobile-number', 'manager'] as const).map((fact) =>
        looked(person, 0, { person: person as PersonId, fact }),
      ),
    );
    let turns = 0;
    const others = (): void => {
      turns += 1;
      next = setImmediate(others);
    };
    let next = setImmediate(others);
    await index().write({ sightings: page, status: status({ source: 'everybody' }) });
    clearImmediate(next);
    assert.ok(turns > 5, `${turns} turns`);
    for (const person of [people[0], people[998]] as PersonId[]) {
      assert.equal((await index().factsAbout(person)).facts.size, 3);
    }
  });
}
