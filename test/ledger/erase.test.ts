import assert from 'node:assert/strict';
import { existsSync, readFileSync, statSync } from 'node:fs';
import type { Case } from '../../src/procedure/case.ts';
import { openLedger } from '../../src/ledger/open.ts';
import type { OpenedLedger } from '../../src/ledger/open.ts';
import { verifyFile } from '../../src/ledger/verify.ts';
import { counting, entry, lena, minutesLater, morning, noah, openCase, scratch, tess } from './fixtures.ts';

const PLACE = 'third floor, by the window';

describe('What the ledger knows about a person', () => {
  let place: ReturnType<typeof scratch>;
  let ledger: OpenedLedger;
  beforeEach(async () => {
    place = scratch();
    ledger = await openLedger({ file: place.file, now: () => morning, newId: counting() });
  });
  afterEach(async () => {
    await ledger.close();
    place.clean();
  });

  async function closedCase(caller = lena): Promise<Case> {
    const first = await openCase(
      ledger,
      { caller },
      (number) => [entry('case.opened', { about: caller, caseId: number })],
      morning,
    );
    const id = first.case.id;
    const state: Case['state'] = {
      kind: 'ready-to-issue',
      proof: { kind: 'in-person', place: PLACE, at: morning },
      approvals: [],
      lastAttempt: null,
    };
    const seen = entry('case.seen-in-person', { about: caller, caseId: id, detail: { place: PLACE } });
    const second = await ledger.advance(first, { ...first.case, state }, [seen], minutesLater(1));
    assert.ok(second.kind === 'written');
    const closed: Case['state'] = {
      kind: 'closed',
      at: minutesLater(2),
      closing: { outcome: 'abandoned', because: 'caller-hung-up' },
    };
    const end = [entry('case.abandoned', { about: caller, caseId: id })];
    const third = await ledger.advance(second.stored, { ...first.case, state: closed }, end, minutesLater(2));
    assert.ok(third.kind === 'written');
    return third.stored.case;
  }

  const inTheFiles = (text: string) =>
    ['', '-wal', '-shm']
      .map((suffix) => place.file + suffix)
      .some((file) => existsSync(file) && statSync(file).size > 0 && readFileSync(file).includes(text));

  it('can be erased: details, closed cases and the conversation go, the bare record stays, and the chain is whole', async () => {
    const known = await closedCase();
    const other = await closedCase(noah);
    await ledger.rememberConversation({ person: lena, reference: 'lenas-chat', language: 'en' }, [], morning);
    assert.equal(inTheFiles(PLACE), true);

    const erased = await ledger.erase(lena, minutesLater(10));

    assert.deepEqual(erased, { details: 3, cases: 1, openCasesKept: 0 });
    assert.equal(await ledger.load(known.id), null);
    assert.equal((await ledger.load(other.id))?.case.id, other.id);
    assert.equal(await ledger.conversationOf(lena), null);
    const entries = await ledger.entries({ caseId: known.id, limit: 10 });
    assert.deepEqual(
      entries.map(({ code, detail }) => [code, detail]),
      [
        ['ledger.erased', {}],
        ['case.abandoned', { erased: true }],
        ['case.seen-in-person', { erased: true }],
        ['case.opened', { erased: true }],
      ],
    );
    const verdict = await ledger.verify();
    assert.ok(verdict.ok);
    assert.equal(verdict.erased, 3);
    assert.equal((await ledger.contactsAbout(lena, morning)).length, 1);
  });

  it('is gone from the bytes of the files too', async () => {
    await closedCase();
    assert.equal(inTheFiles(PLACE), true);
    await ledger.erase(lena, minutesLater(10));
    assert.equal(inTheFiles(PLACE), false);
  });

  it('is kept as long as a case is open, and can be erased afterwards', async () => {
    const { case: open } = await openCase(ledger, { caller: lena });
    const intent = entry('pass.create.intent', { caseId: open.id, intentId: 'o1', detail: { oneTime: true } });
    await ledger.record([intent], minutesLater(1));
    const erased = await ledger.erase(lena, minutesLater(2));
    assert.deepEqual(erased, { details: 0, cases: 0, openCasesKept: 1 });
    assert.deepEqual((await ledger.unsettledIntents())[0]?.detail, { oneTime: true });
    assert.equal((await ledger.verify()).ok, true);
  });

  it('can be erased twice, and new things about the person are kept again', async () => {
    await closedCase();
    await ledger.erase(lena, minutesLater(10));
    await ledger.record([entry('request.refused', { detail: { asked: 'again' } })], minutesLater(11));
    assert.equal((await ledger.verify()).ok, true);
    const [newest] = await ledger.entries({ caseId: null, limit: 1 });
    assert.deepEqual(newest?.detail, { asked: 'again' });
    await ledger.erase(lena, minutesLater(12), tess);
    const verdict = await ledger.verify();
    assert.ok(verdict.ok);
    assert.equal(verdict.erased, 4);
  });

  it('can be exported: entries about them and by them, and their cases', async () => {
    const known = await closedCase();
    await closedCase(noah);
    await ledger.rememberConversation({ person: lena, reference: 'r', language: 'en' }, [], morning);
    const about = await ledger.exportAbout(lena);
    assert.deepEqual(
      about.entries.map((one) => one.code),
      ['case.opened', 'case.seen-in-person', 'case.abandoned'],
    );
    assert.deepEqual(
      about.cases.map((stored) => stored.case),
      [known],
    );
    assert.equal(about.hasConversation, true);
    assert.equal((await ledger.exportAbout(tess)).cases.length, 2);
    assert.deepEqual(JSON.parse(JSON.stringify(about)), about);
  });

  it('is copied by a backup that verifies, to a new file only', async () => {
    await closedCase();
    const copy = `${place.dir}/copy.db`;
    const copying = ledger.backup(copy);
    for (let round = 0; round < 200; round += 1) await ledger.record([entry('turn.busy')], minutesLater(round));
    const verdict = await copying;
    assert.ok(verdict.ok);
    assert.equal(statSync(copy).mode & 0o777, 0o600);
    assert.deepEqual(await verifyFile(copy, { since: null, publicKey: null, thorough: true }), verdict);
    await assert.rejects(ledger.backup(copy), { code: 'ledger-unwritable' });
    assert.ok(existsSync(copy), 'a refused backup must leave the file that was there');
  });
});
