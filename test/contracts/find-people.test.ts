// Finding the person a caller means, by whatever the technician has of them. The real client against the emulated tenant.
import assert from 'node:assert/strict';
import { distance, nameWords } from '../../src/graph/name-match.ts';
import { oneTypoApart } from '../../src/text/one-typo-apart.ts';
import { person, startFernhill } from './fernhill.ts';

const LENA = person(10);
const JONAS = person(15);

describe('finding the person a caller means', () => {
  let test: Awaited<ReturnType<typeof startFernhill>>;
  before(async () => (test = await startFernhill()));
  after(() => test.close());
  const found = async (text: string) =>
    (await test.directory.findPeople(text, 5)).map(({ id, match }) => ({ id, match }));

  for (const text of ['lena.hartmann', 'LENA.HARTMANN', 'E1010', 'lena.hartmann@fernhill.example', 'Lena Hartmann']) {
    it(`finds Lena Hartmann as "${text}", and nobody else`, async () => {
      assert.deepEqual(await found(text), [{ id: LENA, match: 'as-written' }]);
    });
  }

  for (const text of ['jweber', 'FERNHILL\\jweber', 'fernhill\\JWEBER', 'fernhill.internal\\jweber']) {
    it(`finds a synced person by the account name "${text}"`, async () => {
      assert.deepEqual(await found(text), [{ id: JONAS, match: 'as-written' }]);
    });
  }

  it('shows the name first when the account name is of another domain', async () => {
    assert.deepEqual(await found('CONTOSO\\jweber'), [{ id: JONAS, match: 'similar' }]);
  });

  for (const text of [
    'Lena Hartman',
    'Lena Hratmann',
    'Lean Hartmann',
    'Hartmnan',
    'lena.hartman',
    'Lenna Hartmann',
    'Len Hart',
    'L H',
  ]) {
    it(`offers Lena Hartmann for "${text}", and leaves the choice to the technician`, async () => {
      const hits = await found(text);
      assert.ok(
        hits.some(({ id }) => id === LENA),
        JSON.stringify(hits),
      );
      assert.ok(hits.every(({ match }) => match === 'similar'));
    });
  }

  for (const text of ['Jorg Muller', 'Joerg Mueller', 'jörg mueller', 'MULLER', 'Mueller', 'joerg muler']) {
    it(`offers Jörg Müller for "${text}", typed without the umlauts`, async () => {
      const people = await test.directory.findPeople(text, 5);
      assert.ok(
        people.some(({ displayName }) => displayName === 'Jörg Müller'),
        JSON.stringify(people.map(({ displayName }) => displayName)),
      );
    });
  }

  for (const text of ['Zarathustra Unknown', 'Lxyz Hartmann', 'printer', 'X Y']) {
    it(`finds nobody for "${text}"`, async () => assert.deepEqual(await found(text), []));
  }

  it('asks once for a name that is written right, and twice only for one that nobody has', async () => {
    const trips = (): number => test.control.journal().filter(({ path }) => path.endsWith('/$batch')).length;
    test.control.clearJournal();
    await test.directory.findPeople('Lena Hartmann', 5);
    assert.equal(trips(), 1);
    await test.directory.findPeople('Lena Hratmann', 5);
    assert.equal(trips(), 3);
  });
});

describe('how alike two names are', () => {
  it('sees no difference between ü, ue and u, nor between an accent and none', () => {
    for (const name of ['Jörg Müller', 'Joerg Mueller', 'Jorg Muller']) {
      assert.equal(distance(nameWords(name), nameWords('Jörg Müller')), 0, name);
    }
    assert.equal(distance(nameWords('Jose Nunez'), nameWords('José Núñez')), 0);
    assert.equal(distance(nameWords('Lukasz'), nameWords('Łukasz Nowak')), 0);
  });

  it('counts one letter missing, added, wrong or swapped as one slip, and no more', () => {
    for (const typed of ['hartman', 'hartmannn', 'hartmenn', 'hratmann'])
      assert.ok(oneTypoApart(typed, 'hartmann'), typed);
    for (const typed of ['hartma', 'hrtamann', 'weber']) assert.ok(!oneTypoApart(typed, 'hartmann'), typed);
  });

  it('lets no short word slip into another: Kim is not Tim', () => {
    assert.equal(distance(nameWords('Kim Berg'), nameWords('Tim Berg')), null);
  });
});
