// Groups of the helpdesk with many people in them: nobody of them is left out without a word.
import assert from 'node:assert/strict';
import type { PersonId } from '../../src/procedure/facts.ts';
import { TESS } from './fixtures.ts';
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
