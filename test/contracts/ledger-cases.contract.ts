/** What the Ledger port promises about cases and their steps. */
import assert from 'node:assert/strict';
import type { Case, CaseId } from '../../src/procedure/case.ts';
import { OPEN_CASES_AT_ONCE } from '../../src/casework/ports/ledger.ts';
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
  opened,
  tess,
  tom,
} from '../ledger/fixtures.ts';

export function casePromises(ledger: () => Ledger): void {
  const openOne = (over: Partial<Omit<Case, 'id'>> = {}): Promise<StoredCase> => openCase(ledger(), over);
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
    assert.deepEqual(await ledger().load(stored.case.id), stored);
    assert.deepEqual(stored.case, { ...draft({ caller: stored.case.caller }), id: stored.case.id });
  });

  it('knows no case it was not given', async () => {
    assert.equal(await ledger().load(99 as CaseId), null);
  });

  it('writes the opening entry with the number of the case', async () => {
    const { case: known } = await openOne();
    const [first] = await ledger().entries({ caseId: known.id, limit: 10 });
    assert.deepEqual(first, { ...entry('case.opened', { caseId: known.id }), seq: 1, at: morning });
  });

  it('moves a case and writes down that it did', async () => {
    const first = await openOne();
    const next = moved(first, choosing);
    const answer = await ledger().advance(first, next, step(next.id), minutesLater(1));
    assert.deepEqual(answer, { kind: 'written', stored: { case: next, version: first.version + 1 } });
    assert.deepEqual(await ledger().load(next.id), { case: next, version: first.version + 1 });
    const codes = (await ledger().entries({ caseId: next.id, limit: 10 })).map((one) => one.code);
    assert.deepEqual(codes, ['case.went-back', 'case.opened']);
  });

  it('lets one of fifty simultaneous clicks win and writes nothing for the others', async () => {
    const first = await openOne();
    const next = moved(first, choosing);
    const clicks = Array.from({ length: 50 }, () => ledger().advance(first, next, step(next.id), minutesLater(1)));
    const answers = (await Promise.all(clicks)).map((one) => one.kind);
    assert.equal(answers.filter((answer) => answer === 'written').length, 1);
    assert.equal((await ledger().entries({ caseId: next.id, limit: 100 })).length, 2);
  });

  it('says stale to a step from a state the case has left', async () => {
    const first = await openOne();
    await ledger().advance(first, moved(first, choosing), step(first.case.id), minutesLater(1));
    const late = await ledger().advance(first, moved(first, askingMethods), step(first.case.id), minutesLater(2));
    assert.deepEqual(late, { kind: 'stale' });
    assert.equal((await ledger().load(first.case.id))?.case.state.kind, 'choosing-proof');
  });

  it('lists the open cases, oldest first, and a closed one no longer', async () => {
    const [first, second, third] = [await openOne(), await openOne({ caller: noah }), await openOne()];
    await ledger().advance(second, moved(second, closed), step(second.case.id), minutesLater(9));
    assert.deepEqual(await ledger().openCases(), [first, third]);
  });

  it('lists open cases in certain states, or of one technician, and never the closed ones among them', async () => {
    const mine = await openOne();
    const theirs = await openOne({ technician: tom });
    const over = await openOne();
    await ledger().advance(over, moved(over, closed), step(over.case.id), minutesLater(9));
    const answer = await ledger().advance(theirs, moved(theirs, choosing), step(theirs.case.id), minutesLater(1));
    assert.ok(answer.kind === 'written');
    assert.deepEqual(await ledger().openCases({ states: ['choosing-proof', 'closed'] }), [answer.stored]);
    assert.deepEqual(await ledger().openCases({ technician: tess }), [mine]);
    assert.deepEqual(await ledger().openCases({ technician: tess, states: ['choosing-proof'] }), []);
  });

  it('lists open cases page by page, and never more than a page at once', async () => {
    const all = await Promise.all(Array.from({ length: OPEN_CASES_AT_ONCE + 1 }, () => openOne()));
    assert.deepEqual(await ledger().openCases({ limit: 2 }), all.slice(0, 2));
    assert.deepEqual(await ledger().openCases({ limit: 2, after: all[1]!.case.id }), all.slice(2, 4));
    assert.equal((await ledger().openCases()).length, OPEN_CASES_AT_ONCE);
    assert.deepEqual(await ledger().openCases({ after: all[OPEN_CASES_AT_ONCE - 1]!.case.id }), all.slice(-1));
    assert.equal((await ledger().openCases({ limit: 100_000 })).length, OPEN_CASES_AT_ONCE);
  });

  it('lists only the numbers of open cases, newest first and page by page', async () => {
    const [first, second, third] = [await openOne(), await openOne(), await openOne()];
    const numbers = [first, second, third].map((stored) => stored.case.id);
    await ledger().advance(second, moved(second, closed), step(second.case.id), minutesLater(9));
    await ledger().advance(first, moved(first, choosing), step(first.case.id), minutesLater(1));
    assert.deepEqual(await ledger().openCaseIds({ before: null, limit: 10 }), [numbers[2], numbers[0]]);
    assert.deepEqual(await ledger().openCaseIds({ before: null, limit: 1 }), [numbers[2]]);
    assert.deepEqual(await ledger().openCaseIds({ before: third.case.id, limit: 10 }), [numbers[0]]);
    const choosers = { states: ['choosing-proof'], before: null, limit: 10 } as const;
    assert.deepEqual(await ledger().openCaseIds(choosers), [numbers[0]]);
  });

  it('lists the cases of one technician, newest first, at most as many as asked for', async () => {
    const mine = [await openOne(), await openOne({ technician: tom }), await openOne(), await openOne()];
    const found = await ledger().casesOf(tess, 2);
    assert.deepEqual(found, [mine[3], mine[2]]);
    assert.equal((await ledger().casesOf(noah, 5)).length, 0);
  });

  it('keeps a caller to one open case, and names it to whoever asks for another', async () => {
    const first = await openOne({ caller: lena });
    const again = await ledger().openCase(draft({ caller: lena, technician: tom }), opened, minutesLater(1));
    assert.deepEqual(again, { kind: 'already-open', stored: first });
    assert.deepEqual(await ledger().openCaseOf(lena), first);
    assert.equal((await ledger().entries({ caseId: null, limit: 10 })).length, 1);
    await ledger().advance(first, moved(first, closed), step(first.case.id), minutesLater(9));
    assert.equal(await ledger().openCaseOf(lena), null);
    const next = await openOne({ caller: lena });
    assert.equal(next.case.id, first.case.id + 1);
    assert.deepEqual(await ledger().openCaseOf(lena), next);
  });

  it('records what led to an opening, whether there was one or not', async () => {
    const before = (id: string) => ({ before: [entry('snapshot.read.outcome', { intentId: id })] });
    await ledger().openCase(draft(), opened, morning, before('a'));
    await ledger().openCase(draft(), opened, minutesLater(1), before('b'));
    const entries = (await ledger().entries({ caseId: null, limit: 10 })).toReversed();
    assert.deepEqual(
      entries.map(({ code, intentId }) => [code, intentId]),
      [
        ['snapshot.read.outcome', 'a'],
        ['case.opened', null],
        ['snapshot.read.outcome', 'b'],
      ],
    );
  });

  it('records what led to a step, whether it was taken or came too late', async () => {
    const first = await openOne();
    const id = first.case.id;
    const before = (name: string) => ({ before: [entry('snapshot.read.outcome', { caseId: id, intentId: name })] });
    await ledger().advance(first, moved(first, choosing), step(id), minutesLater(1), before('a'));
    const late = await ledger().advance(first, moved(first, choosing), step(id), minutesLater(2), before('b'));
    assert.deepEqual(late, { kind: 'stale' });
    const entries = (await ledger().entries({ caseId: id, limit: 10 })).toReversed();
    assert.deepEqual(
      entries.map(({ code, intentId }) => [code, intentId]),
      [
        ['case.opened', null],
        ['snapshot.read.outcome', 'a'],
        ['case.went-back', null],
        ['snapshot.read.outcome', 'b'],
      ],
    );
  });

  it('says stale to a step that was decided before the newest entry of a kind it depends on', async () => {
    const first = await openOne();
    const codes = ['mode.normal', 'mode.lockdown'];
    await ledger().record([entry('mode.lockdown', { about: null })], minutesLater(1));
    const next = moved(first, choosing);
    const decide = (than: number) =>
      ledger().advance(first, next, step(next.id), minutesLater(2), { unlessNewer: { codes, than } });
    assert.deepEqual(await decide(0), { kind: 'stale' });
    assert.deepEqual(await ledger().load(next.id), first);
    const newest = await ledger().newestOf(codes);
    assert.ok(newest !== null);
    assert.equal(await ledger().newestOf(codes, next.id), null, 'none of them is about this case');
    assert.equal((await ledger().newestOf(['case.opened'], next.id))?.caseId, next.id);
    assert.deepEqual(await ledger().entriesSince(codes, minutesLater(1)), [newest]);
    assert.deepEqual(await ledger().entriesSince(codes, minutesLater(2)), []);
    assert.equal((await decide(newest.seq)).kind, 'written');
  });
}
