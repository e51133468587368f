// Groups of the helpdesk with many people in them: nobody of them is left out without a word.
import assert from 'node:assert/strict';
import type { PersonId } from '../../src/procedure/facts.ts';
import { intentEntry, outcomeEntry } from '../../src/casework/steps/entries.ts';
import { ADA, TESS, TOM } from './fixtures.ts';
import type { Harness } from './harness.ts';
import { entriesOf, harnessForEachTest, takeTo } from './take-case-to.ts';

const numbered = (n: number): PersonId => `a0000000-0000-4000-8000-000000001${String(n).padStart(3, '0')}` as PersonId;

describe('A group of many', () => {
  const current = harnessForEachTest();
  let helpdesk: Harness;
  beforeEach(() => {
    helpdesk = current();
  });

  const add = (role: 'lead' | 'approver', count: number): readonly PersonId[] => {
    const people = Array.from({ length: count }, (_, n) => numbered(n));
    for (const one of people) helpdesk.fixtures.roles.set(one, new Set([role]));
    return people;
  };
  const cardsOf = (people: readonly PersonId[]): number =>
    people.filter((one) => helpdesk.chats.of(one).length > 0).length;
  const somebodyElseAnswers = async (): Promise<void> => {
    await takeTo(helpdesk, 'awaiting-callback');
    await helpdesk.presses(TESS, 'record-callback', {}, ({ data }) => data['outcome'] === 'answered-by-someone-else');
    await helpdesk.whenIdle();
  };
  const outcomes = async (code: string): Promise<readonly unknown[]> =>
    (await entriesOf(helpdesk, code)).map(({ detail }) => detail['outcome']);

  it('leads is alarmed whole, not only its first twenty', async () => {
    const leads = add('lead', 45);
    await somebodyElseAnswers();
    assert.equal(cardsOf(leads), 45);
    assert.deepEqual(await outcomes('alarm.leads.outcome'), ['reached 46 of 46']);
  });

  it('leads is alarmed up to a hundred of them, and the others are counted as not reached', async () => {
    const leads = add('lead', 130);
    await somebodyElseAnswers();
    assert.equal(cardsOf(leads), 99, 'and Ada, who used the bot before');
    assert.deepEqual(await outcomes('alarm.leads.outcome'), ['reached 100 of 131']);
  });

  it('approvers is asked twenty at a time, until one of them was reached', async () => {
    const before = [...helpdesk.fixtures.roles].flatMap(([one, roles]) => (roles.has('approver') ? [one] : []));
    const approvers = add('approver', 45);
    for (const away of [...before, ...approvers.slice(0, 25)]) helpdesk.fixtures.away.add(away);
    await takeTo(helpdesk, 'awaiting-approval');
    assert.equal(before.length, 3);
    assert.equal(cardsOf(approvers), 12, 'those of the second twenty who could be reached');
    assert.deepEqual(await outcomes('approval.ask.outcome'), ['reached 12 of 48']);
  });
});

describe('A change of the mode', () => {
  const current = harnessForEachTest();
  let helpdesk: Harness;
  beforeEach(() => {
    helpdesk = current();
    helpdesk.fixtures.roles.set(TOM, new Set(['technician', 'lead']));
  });

  const later = async (minutes: number): Promise<void> => {
    helpdesk.passes(minutes);
    await helpdesk.tick();
    await helpdesk.whenIdle();
  };
  const outcomes = async (): Promise<readonly unknown[]> =>
    (await entriesOf(helpdesk, 'mode.notice.outcome')).map(({ detail }) => detail['outcome']);
  const lastCard = (person: PersonId): string => JSON.stringify(helpdesk.chats.of(person).at(-1)?.card ?? '');
  const errors = (): readonly string[] => helpdesk.logLines.filter((line) => line.includes('reached no lead'));

  it('that reached the other leads is written down, and "mode" says how many', async () => {
    await helpdesk.says(ADA, 'lockdown on strange calls');
    await helpdesk.whenIdle();
    assert.deepEqual(await outcomes(), ['reached 1 of 1']);
    assert.match(lastCard(TOM), /Lockdown is on/);
    await helpdesk.says(ADA, 'mode');
    assert.match(lastCard(ADA), /1 of 1 other lead was told in Teams/);
    await later(60);
    assert.equal((await outcomes()).length, 1, 'nobody is told twice');
  });

  it('that reached no lead is tried again until one is reached, also after a restart', async () => {
    helpdesk.fixtures.away.add(TOM);
    await helpdesk.says(ADA, 'lockdown on strange calls');
    await helpdesk.whenIdle();
    assert.deepEqual(await outcomes(), ['reached 0 of 1']);
    assert.equal(errors().length, 1);
    assert.match(lastCard(ADA), /No other lead was reached/, 'whoever changed the mode is told');
    await helpdesk.restart('crash');
    await later(1);
    assert.deepEqual(await outcomes(), ['reached 0 of 1', 'reached 0 of 1']);
    helpdesk.fixtures.away.delete(TOM);
    await later(2);
    assert.deepEqual((await outcomes()).at(-1), 'reached 1 of 1');
    assert.match(lastCard(TOM), /Lockdown is on/);
    assert.equal((await entriesOf(helpdesk, 'mode.notice.intent')).length, 3, 'each try is written down before it');
  });

  it('is tried for a day and no longer', async () => {
    helpdesk.fixtures.away.add(TOM);
    await helpdesk.says(ADA, 'elevated on strange calls');
    await helpdesk.whenIdle();
    for (let hour = 0; hour < 26; hour += 1) await later(60);
    const tries = (await outcomes()).length;
    assert.ok(tries >= 20 && tries <= 40, `${tries} tries in a day`);
    await later(24 * 60);
    assert.equal((await outcomes()).length, tries);
  });

  it('that was changed again is told as it is now, and the older one no more', async () => {
    helpdesk.fixtures.away.add(TOM);
    await helpdesk.says(ADA, 'lockdown on strange calls');
    await helpdesk.whenIdle();
    helpdesk.fixtures.away.delete(TOM);
    helpdesk.passes(0.1);
    await helpdesk.says(ADA, 'lockdown off all clear');
    await helpdesk.whenIdle();
    await later(60);
    assert.deepEqual(await outcomes(), ['reached 0 of 1', 'reached 1 of 1']);
    assert.doesNotMatch(lastCard(TOM), /Lockdown is on/);
  });

  it('is tried again when the leads could not be read, and "mode" says so meanwhile', async () => {
    helpdesk.fixtures.groupsDown = true;
    await helpdesk.says(ADA, 'lockdown on strange calls');
    await helpdesk.whenIdle();
    assert.deepEqual(await outcomes(), ['not read: unreachable']);
    await helpdesk.says(ADA, 'mode');
    assert.match(lastCard(ADA), /The leads could not be read, so nobody was told/);
    helpdesk.fixtures.groupsDown = false;
    await later(1);
    assert.deepEqual((await outcomes()).at(-1), 'reached 1 of 1');
  });

  it('by the only lead needs to reach nobody', async () => {
    helpdesk.fixtures.roles.set(TOM, new Set(['technician']));
    await helpdesk.says(ADA, 'lockdown on strange calls');
    await helpdesk.whenIdle();
    await later(60);
    assert.deepEqual([await outcomes(), errors()], [['no other lead'], []]);
  });
});

describe('An alarm that reached nobody', () => {
  const current = harnessForEachTest();

  it('is sent again whatever it is about, and an older one of the same case with it', async () => {
    const helpdesk = current();
    const { id } = (await takeTo(helpdesk, 'asking-methods')).case;
    helpdesk.fixtures.away.add(ADA);
    for (const alarm of ['foreign-pass', 'methods-left-behind'] as const) {
      const effect = { kind: 'alarm-leads', alarm } as const;
      const stored = await helpdesk.ledger().load(id);
      assert.ok(stored !== null);
      const intended = { effect, intentId: `of-${alarm}` };
      const outcome = outcomeEntry(stored.case, intended, 'reached 0 of 1');
      await helpdesk.ledger().record([intentEntry(stored.case, intended), outcome], helpdesk.fixtures.now);
    }
    helpdesk.fixtures.away.delete(ADA);
    helpdesk.passes(1);
    await helpdesk.tick();
    await helpdesk.whenIdle();
    const again = (await entriesOf(helpdesk, 'alarm.leads.intent')).slice(2).map(({ detail }) => detail['alarm']);
    assert.deepEqual(again.toSorted(), ['foreign-pass', 'methods-left-behind']);
    assert.equal((await entriesOf(helpdesk, 'alarm.leads.outcome')).length, 4);
  });
});
