/**
 * What every implementation of the Ledger port promises casework, whatever it is built on.
 * Run it with `ledgerContract(name, start)`; `start` gives an empty ledger each time.
 */
import assert from 'node:assert/strict';
import type { Case, CaseId } from '../../src/procedure/case.ts';
import type { Ledger, LedgerEntry, StoredCase } from '../../src/casework/ports/ledger.ts';
import {
  askingMethods,
  draft,
  entry,
  lena,
  minutesLater,
  morning,
  noah,
  openCase,
  tess,
  tom,
} from '../ledger/fixtures.ts';

interface Started {
  readonly ledger: Ledger;
  stop(): Promise<void>;
}

export function ledgerContract(name: string, start: () => Promise<Started>): void {
  describe(`${name} keeps the promises of the ledger`, () => {
    let ledger: Ledger;
    let stop: () => Promise<void>;

    beforeEach(async () => {
      const started = await start();
      ledger = started.ledger;
      stop = () => started.stop();
    });
    afterEach(() => stop());

    const openOne = (over: Partial<Omit<Case, 'id'>> = {}): Promise<StoredCase> => openCase(ledger, over);
    const moved = (from: StoredCase, to: Case['state']): Case => ({ ...from.case, state: to });
    const choosing: Case['state'] = { kind: 'choosing-proof', lastAttempt: null };
    const closed: Case['state'] = {
      kind: 'closed',
      at: minutesLater(9),
      closing: { outcome: 'abandoned', because: 'caller-hung-up' },
    };
    const step = (id: CaseId): readonly LedgerEntry[] => [entry('case.went-back', { caseId: id })];

    it('numbers cases from 1 and hands each number out once', async () => {
      const numbers = [];
      for (let round = 0; round < 3; round += 1) numbers.push((await openOne()).case.id);
      assert.deepEqual(numbers, [1, 2, 3]);
    });

    it('gives a case back exactly as it was written', async () => {
      const stored = await openOne();
      assert.deepEqual(await ledger.load(stored.case.id), stored);
      assert.deepEqual(stored.case, { ...draft({ caller: stored.case.caller }), id: stored.case.id });
    });

    it('knows no case it was not given', async () => {
      assert.equal(await ledger.load(99 as CaseId), null);
    });

    it('writes the opening entry with the number of the case', async () => {
      const { case: known } = await openOne();
      const [first] = await ledger.entries({ caseId: known.id, limit: 10 });
      assert.deepEqual(first, { ...entry('case.opened', { caseId: known.id }), seq: 1, at: morning });
    });

    it('moves a case and writes down that it did', async () => {
      const first = await openOne();
      const next = moved(first, choosing);
      const answer = await ledger.advance(first, next, step(next.id), minutesLater(1));
      assert.deepEqual(answer, { kind: 'written', stored: { case: next, version: first.version + 1 } });
      assert.deepEqual(await ledger.load(next.id), { case: next, version: first.version + 1 });
      const codes = (await ledger.entries({ caseId: next.id, limit: 10 })).map((one) => one.code);
      assert.deepEqual(codes, ['case.went-back', 'case.opened']);
    });

    it('lets one of fifty simultaneous clicks win and writes nothing for the others', async () => {
      const first = await openOne();
      const next = moved(first, choosing);
      const clicks = Array.from({ length: 50 }, () => ledger.advance(first, next, step(next.id), minutesLater(1)));
      const answers = (await Promise.all(clicks)).map((one) => one.kind);
      assert.equal(answers.filter((answer) => answer === 'written').length, 1);
      assert.equal((await ledger.entries({ caseId: next.id, limit: 100 })).length, 2);
    });

    it('says stale to a step from a state the case has left', async () => {
      const first = await openOne();
      await ledger.advance(first, moved(first, choosing), step(first.case.id), minutesLater(1));
      const late = await ledger.advance(first, moved(first, askingMethods), step(first.case.id), minutesLater(2));
      assert.deepEqual(late, { kind: 'stale' });
      assert.equal((await ledger.load(first.case.id))?.case.state.kind, 'choosing-proof');
    });

    it('lists the open cases, oldest first, and a closed one no longer', async () => {
      const [first, second, third] = [await openOne(), await openOne({ caller: noah }), await openOne()];
      await ledger.advance(second, moved(second, closed), step(second.case.id), minutesLater(9));
      assert.deepEqual(await ledger.openCases(), [first, third]);
    });

    it('lists the cases of one technician, newest first, at most as many as asked for', async () => {
      const mine = [await openOne(), await openOne({ technician: tom }), await openOne(), await openOne()];
      const found = await ledger.casesOf(tess, 2);
      assert.deepEqual(found, [mine[3], mine[2]]);
      assert.equal((await ledger.casesOf(noah, 5)).length, 0);
    });

    it('counts cases and refused requests about a caller as contacts since a time, whoever handled them', async () => {
      await openOne({ caller: lena });
      await ledger.record([entry('request.refused', { actor: tom })], minutesLater(10));
      await ledger.record([entry('request.refused', { about: noah })], minutesLater(10));
      await ledger.record([entry('case.refused')], minutesLater(10));
      assert.equal(await ledger.contactsAbout(lena, morning), 2);
      assert.equal(await ledger.contactsAbout(lena, minutesLater(10)), 1);
      assert.equal(await ledger.contactsAbout(lena, minutesLater(11)), 0);
    });

    it('remembers the latest "This was not me" about a caller', async () => {
      assert.equal(await ledger.objectionAbout(lena, morning), null);
      await ledger.record([entry('case.caller-objected', { actor: lena })], minutesLater(5));
      await ledger.record([entry('case.caller-objected', { actor: lena })], minutesLater(7));
      await ledger.record([entry('case.caller-objected', { about: noah, actor: noah })], minutesLater(9));
      assert.equal(await ledger.objectionAbout(lena, morning), minutesLater(7));
      assert.equal(await ledger.objectionAbout(lena, minutesLater(8)), null);
    });

    it('gives entries newest first, of one case or of all, with their detail', async () => {
      const { case: known } = await openOne();
      const detail = { outcome: 'nobody', tries: 2, late: false, note: null, refs: ['m1', 'm2'] };
      await ledger.record([entry('case.called', { caseId: known.id, detail }), entry('other.thing')], minutesLater(1));
      const all = await ledger.entries({ caseId: null, limit: 2 });
      assert.deepEqual(
        all.map((one) => [one.seq, one.code]),
        [
          [3, 'other.thing'],
          [2, 'case.called'],
        ],
      );
      const ofCase = await ledger.entries({ caseId: known.id, limit: 10 });
      assert.deepEqual(
        ofCase.map((one) => one.seq),
        [2, 1],
      );
      assert.deepEqual(ofCase[0]?.detail, detail);
    });

    it('shows an intent as unsettled until its outcome is written', async () => {
      const intent = (id: string) => entry('pass.create.intent', { intentId: id });
      const outcome = (id: string) => entry('pass.create.outcome', { intentId: id });
      const unsettled = async () => (await ledger.unsettledIntents()).map((one) => one.intentId);
      await ledger.record([intent('a'), intent('b'), intent('c')], morning);
      assert.deepEqual(await unsettled(), ['a', 'b', 'c']);
      await ledger.record([outcome('b')], minutesLater(1));
      assert.deepEqual(await unsettled(), ['a', 'c']);
      await ledger.record([outcome('a')], minutesLater(2));
      await ledger.record([intent('d')], minutesLater(3));
      assert.deepEqual(await unsettled(), ['c', 'd']);
      await ledger.record([outcome('d'), outcome('c')], minutesLater(4));
      assert.deepEqual(await unsettled(), []);
    });

    it('acts once on an activity the channel delivers twice, also at the same time', async () => {
      const seen = await Promise.all(['1:a', '1:a', '1:b'].map((id) => ledger.firstSight(id, morning)));
      assert.deepEqual(seen, [true, false, true]);
      assert.equal(await ledger.firstSight('1:a', minutesLater(30)), false);
    });

    it('remembers the newest conversation of a person', async () => {
      assert.equal(await ledger.conversationOf(lena), null);
      await ledger.rememberConversation({ person: lena, reference: 'old', language: 'en' }, [], morning);
      await ledger.rememberConversation({ person: lena, reference: 'new', language: 'en' }, [], minutesLater(1));
      assert.deepEqual(await ledger.conversationOf(lena), { person: lena, reference: 'new', language: 'en' });
      assert.equal(await ledger.conversationOf(tess), null);
    });

    it('keeps what it knew of the roles when they could not be read', async () => {
      await ledger.rememberConversation(
        { person: tess, reference: 'a', language: 'en' },
        ['approver', 'lead'],
        morning,
      );
      await ledger.rememberConversation({ person: tess, reference: 'b', language: 'en' }, null, minutesLater(1));
      assert.deepEqual(await ledger.peopleAs('lead'), [tess]);
      assert.deepEqual(await ledger.conversationOf(tess), { person: tess, reference: 'b', language: 'en' });
      await ledger.rememberConversation({ person: tess, reference: 'c', language: 'en' }, [], minutesLater(2));
      assert.deepEqual(await ledger.peopleAs('approver'), []);
    });

    it('remembers where the card of a case stands', async () => {
      const { case: known } = await openOne();
      assert.equal(await ledger.cardOf(known.id), null);
      await ledger.rememberCard(known.id, { conversation: 'chat', activity: '1' });
      await ledger.rememberCard(known.id, { conversation: 'chat', activity: '2' });
      assert.deepEqual(await ledger.cardOf(known.id), { conversation: 'chat', activity: '2' });
    });

    it('writes all entries of a call or none of them', async () => {
      const wrong = { ...entry('case.opened'), code: 'Not A Code' };
      await assert.rejects(ledger.record([entry('fine.entry'), wrong], morning), TypeError);
      assert.deepEqual(await ledger.entries({ caseId: null, limit: 10 }), []);
    });

    it('keeps every entry of many writers at once, each under its own number', async () => {
      const codes = Array.from({ length: 100 }, (_, index) => `turn.number-${index}`);
      await Promise.all(codes.map((code) => ledger.record([entry(code)], morning)));
      const found = await ledger.entries({ caseId: null, limit: 1000 });
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
        ledger.openCase(draft(), wrongEntries, morning),
        ledger.record([entry('turn.fine')], morning),
      ]);
      assert.deepEqual(
        outcomes.map((one) => one.status),
        ['fulfilled', 'rejected', 'fulfilled'],
      );
      assert.equal((await ledger.openCases()).length, 1);
      assert.equal((await ledger.entries({ caseId: null, limit: 10 })).length, 2);
    });
  });
}
