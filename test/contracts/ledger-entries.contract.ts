/** What the Ledger port promises about entries. */
import assert from 'node:assert/strict';
import type { Case, CaseId } from '../../src/procedure/case.ts';
import type { Instant } from '../../src/procedure/facts.ts';
import type { Ledger, StoredCase } from '../../src/casework/ports/ledger.ts';
import { draft, entry, lena, minutesLater, morning, noah, openCase, tom } from '../ledger/fixtures.ts';

export function entryPromises(ledger: () => Ledger): void {
  const openOne = (over: Partial<Omit<Case, 'id'>> = {}): Promise<StoredCase> => openCase(ledger(), over);

  it('counts cases and refused requests about a caller as contacts since a time, whoever handled them', async () => {
    await openOne({ caller: lena });
    await ledger().record([entry('request.refused', { actor: tom })], minutesLater(10));
    await ledger().record([entry('request.refused', { about: noah })], minutesLater(10));
    await ledger().record([entry('case.refused')], minutesLater(10));
    const codesSince = async (since: Instant) => (await ledger().contactsAbout(lena, since)).map(({ code }) => code);
    assert.deepEqual(await codesSince(morning), ['case.opened', 'request.refused']);
    assert.deepEqual(await codesSince(minutesLater(10)), ['request.refused']);
    assert.deepEqual(await codesSince(minutesLater(11)), []);
  });

  it('counts what one person caused since a time, by codes', async () => {
    await ledger().record([entry('case.read', { actor: tom })], morning);
    await ledger().record([entry('case.read', { actor: tom }), entry('log.read', { actor: tom })], minutesLater(10));
    await ledger().record([entry('case.read'), entry('people.searched', { actor: tom })], minutesLater(10));
    const looks = (since: Instant) => ledger().countBy(tom, ['case.read', 'log.read'], since);
    assert.deepEqual([await looks(morning), await looks(minutesLater(10)), await looks(minutesLater(11))], [3, 2, 0]);
  });

  it('finds the latest "no" of each kind to a pass for a caller, by the code of its entry alone', async () => {
    assert.deepEqual(await ledger().noesAbout(lena, morning), []);
    await ledger().record([entry('no.approval-denied')], minutesLater(3));
    await ledger().record(
      [entry('no.manager-declined'), entry('no.manager-declined', { about: noah })],
      minutesLater(4),
    );
    await ledger().record([entry('no.approval-denied')], minutesLater(6));
    await ledger().record([entry('case.approval-decided', { detail: { approved: true } })], minutesLater(9));
    assert.deepEqual(await ledger().noesAbout(lena, morning), [
      { kind: 'approval-denied', at: minutesLater(6) },
      { kind: 'manager-declined', at: minutesLater(4) },
    ]);
    assert.deepEqual(await ledger().noesAbout(lena, minutesLater(7)), []);
  });

  it('finds the "no" of a ledger that had no entries of their own for it, by what its steps say', async () => {
    const steps = [
      ['case.approval-decided', { approved: false }, 'approval-denied'],
      ['case.manager-answered', { speakingNow: false }, 'manager-declined'],
      ['case.callback-recorded', { outcome: 'answered-by-someone-else' }, 'someone-else-answered'],
    ] as const;
    for (const [code, detail, kind] of steps) {
      await ledger().record([entry(code, { detail })], minutesLater(3));
      assert.deepEqual((await ledger().noesAbout(lena, morning))[0], { kind, at: minutesLater(3) });
    }
  });

  it('remembers the latest "This was not me" about a caller', async () => {
    assert.equal(await ledger().objectionAbout(lena, morning), null);
    await ledger().record([entry('case.caller-objected', { actor: lena })], minutesLater(5));
    await ledger().record([entry('case.caller-objected', { actor: lena })], minutesLater(7));
    await ledger().record([entry('case.caller-objected', { about: noah, actor: noah })], minutesLater(9));
    assert.equal(await ledger().objectionAbout(lena, morning), minutesLater(7));
    assert.equal(await ledger().objectionAbout(lena, minutesLater(8)), null);
  });

  it('gives the entries about one person, newest first and page by page', async () => {
    const about = [lena, noah, lena, null, lena].map((person) => entry('request.refused', { about: person }));
    await ledger().record(about, morning);
    const page = async (before?: number) => {
      const entries = await ledger().entries({
        ...{ caseId: null, about: lena, limit: 2 },
        ...(before !== undefined && { before }),
      });
      return entries.map(({ seq }) => seq);
    };
    assert.deepEqual(await page(), [5, 3]);
    assert.deepEqual(await page(3), [1]);
    assert.deepEqual(await page(1), []);
  });

  it('gives entries newest first, of one case or of all, with their detail', async () => {
    const { case: known } = await openOne();
    const detail = { outcome: 'nobody', tries: 2, late: false, note: null, refs: ['m1', 'm2'] };
    await ledger().record([entry('case.called', { caseId: known.id, detail }), entry('other.thing')], minutesLater(1));
    const all = await ledger().entries({ caseId: null, limit: 2 });
    assert.deepEqual(
      all.map((one) => [one.seq, one.code]),
      [
        [3, 'other.thing'],
        [2, 'case.called'],
      ],
    );
    const ofCase = await ledger().entries({ caseId: known.id, limit: 10 });
    assert.deepEqual(
      ofCase.map((one) => one.seq),
      [2, 1],
    );
    assert.deepEqual(ofCase[0]?.detail, detail);
  });

  it('keeps the id of the turn of an entry apart from its detail, which never holds one itself', async () => {
    const detail = { outcome: 'nobody' };
    await ledger().record([entry('of.a-turn', { detail, turn: 'turn-1' }), entry('of.none', { detail })], morning);
    const [none, one] = await ledger().entries({ caseId: null, limit: 2 });
    assert.deepEqual([one?.turn, one?.detail], ['turn-1', detail]);
    assert.deepEqual([none?.turn, none?.detail], [undefined, detail]);
    const forged = entry('of.a-turn', { detail: { turn: 'turn-2' } });
    await assert.rejects(ledger().record([forged], morning), TypeError);
  });

  it('shows an intent as unsettled until its outcome is written', async () => {
    const intent = (id: string) => entry('pass.create.intent', { intentId: id });
    const outcome = (id: string) => entry('pass.create.outcome', { intentId: id });
    const unsettled = async () => (await ledger().unsettledIntents()).map((one) => one.intentId);
    await ledger().record([intent('a'), intent('b'), intent('c')], morning);
    assert.deepEqual(await unsettled(), ['a', 'b', 'c']);
    await ledger().record([outcome('b')], minutesLater(1));
    assert.deepEqual(await unsettled(), ['a', 'c']);
    await ledger().record([outcome('a')], minutesLater(2));
    await ledger().record([intent('d')], minutesLater(3));
    assert.deepEqual(await unsettled(), ['c', 'd']);
    await ledger().record([outcome('d'), outcome('c')], minutesLater(4));
    assert.deepEqual(await unsettled(), []);
  });

  it('writes all entries of a call or none of them', async () => {
    const wrong = { ...entry('case.opened'), code: 'Not A Code' as never };
    await assert.rejects(ledger().record([entry('fine.entry'), wrong], morning), TypeError);
    assert.deepEqual(await ledger().entries({ caseId: null, limit: 10 }), []);
  });

  it('keeps every entry of many writers at once, each under its own number', async () => {
    const codes = Array.from({ length: 100 }, (_, index) => `turn.number-${index}`);
    await Promise.all(codes.map((code) => ledger().record([entry(code)], morning)));
    const found = await ledger().entries({ caseId: null, limit: 1000 });
    assert.deepEqual(found.map((one) => one.code).sort(), [...codes].sort());
    assert.deepEqual(
      found.map((one) => one.seq),
      codes.map((_, index) => codes.length - index),
    );
  });

  it('does not let one wrong writer spoil what others write at the same moment', async () => {
    const wrongEntries = () => [entry('case.opened', { caseId: 77 as CaseId })];
    const outcomes = await Promise.allSettled([
      openOne(),
      ledger().openCase(draft(), wrongEntries, morning),
      ledger().record([entry('turn.fine')], morning),
    ]);
    assert.deepEqual(
      outcomes.map((one) => one.status),
      ['fulfilled', 'rejected', 'fulfilled'],
    );
    assert.equal((await ledger().openCases()).length, 1);
    assert.equal((await ledger().entries({ caseId: null, limit: 10 })).length, 2);
  });
}
