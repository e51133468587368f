/**
 * A ledger that version 0.1.0 wrote: one closed case with a pass, one waiting for a callback, one waiting for an approval.
 * It was played on the demo before the case bodies and codes got the names of today.
 */
import assert from 'node:assert/strict';
import { copyFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { CaseId } from '../../src/procedure/case.ts';
import type { Instant, PersonId } from '../../src/procedure/facts.ts';
import { isAt } from '../../src/procedure/lockout.ts';
import SqliteDatabase from 'better-sqlite3';
import { Fault } from '../../src/casework/ports/fault.ts';
import { openLedger, type OpenedLedger } from '../../src/ledger/open.ts';
import { verifyFile } from '../../src/ledger/verify.ts';
import { counting, scratch } from './fixtures.ts';

const PLAYED = fileURLToPath(new URL('fixtures/ledger-0.1.0.sqlite', import.meta.url));
/** Cards about requests that were out when it was played. */
const REQUEST_CARDS = 2;
const WEEKS_LATER = Date.UTC(2026, 11, 1) as Instant;

describe('A ledger written by version 0.1.0', () => {
  const folder = scratch();
  let ledger: OpenedLedger;

  before(async () => {
    const file = join(folder.dir, 'hardline.sqlite');
    copyFileSync(PLAYED, file);
    ledger = await openLedger({ file, now: () => WEEKS_LATER, newId: counting() });
  });
  after(async () => {
    await ledger.close();
    folder.clean();
  });

  it('still verifies, entry by entry', async () => {
    const verdict = await ledger.verify();
    assert.ok(verdict.ok);
    assert.equal((await ledger.entries({ caseId: null, limit: 100 })).length, 45);
  });

  it('gives its open cases back in the states they were left in, with proof and facts', async () => {
    const [callback, approval] = await ledger.openCases();
    assert.ok(callback !== undefined && isAt(callback.case, 'awaiting-callback'));
    assert.equal(callback.case.state.numberRef, 'business-phone');
    const { numbers, methods, managerAge } = callback.case.facts;
    assert.ok(numbers.kind === 'read' && methods.kind === 'read');
    const [office] = numbers.value;
    assert.ok(office !== undefined && office.age.kind === 'read', 'the age it had is kept');
    assert.equal(office.digest, '', 'no digest was computed then');
    assert.ok(methods.value.every(({ digest }) => digest === null));
    assert.deepEqual(managerAge, { kind: 'unread', why: 'not-asked' });
    assert.ok(approval !== undefined && isAt(approval.case, 'awaiting-approval'));
    assert.equal(approval.case.state.proof.kind, 'in-person');
  });

  it('gives its closed case back, and the entries of the pass under the codes they were written with', async () => {
    const closed = await ledger.load(1 as CaseId);
    assert.ok(closed !== null && isAt(closed.case, 'closed'));
    assert.equal(closed.case.state.closing.outcome, 'resolved');
    const codes = (await ledger.entries({ caseId: 1 as CaseId, limit: 100 })).map(({ code }) => code);
    assert.ok(codes.includes('picture.read.intent') && codes.includes('pass.create.outcome'));
  });

  it('lets an old open case go on: it moves, and the ledger verifies with its new body', async () => {
    const [callback] = await ledger.openCases();
    assert.ok(callback !== undefined);
    const next = { ...callback.case, state: { kind: 'choosing-proof', lastAttempt: 'nobody' } as const };
    const moved = await ledger.advance(callback, next, [entryOf(callback.case.id)], WEEKS_LATER);
    assert.equal(moved.kind, 'written');
    assert.ok((await ledger.verify()).ok);
  });
});

describe('The tables of a ledger written by version 0.1.0', () => {
  const folder = scratch();
  const file = join(folder.dir, 'hardline.sqlite');
  const open = () => openLedger({ file, now: () => WEEKS_LATER, newId: counting() });
  const ask = (question: string): unknown => {
    const database = new SqliteDatabase(file, { readonly: true });
    const answer = database.prepare(question).pluck().get();
    database.close();
    return answer;
  };
  const change = (statement: string): void => {
    const database = new SqliteDatabase(file);
    database.exec(statement);
    database.close();
  };
  beforeEach(() => copyFileSync(PLAYED, file));
  afterEach(() => {
    for (const suffix of ['', '-wal', '-shm']) rmSync(file + suffix, { force: true });
  });
  after(() => folder.clean());

  it('are brought up to date once, with every chat, card and entry still there', async () => {
    const counts = () => ['entries', 'conversations'].map((table) => ask(`select count(*) from ${table}`));
    const before = counts();
    await (await open()).close();
    assert.deepEqual(counts(), before);
    assert.equal(ask('select count(*) from request_cards'), REQUEST_CARDS);
    await (await open()).close();
    assert.equal(ask('pragma user_version'), 8);
  });

  it('say English for everybody, until they write again', async () => {
    const person = ask('select person from conversations limit 1') as PersonId;
    const ledger = await open();
    const known = await ledger.conversationOf(person);
    assert.equal(known?.language, 'en');
    await ledger.rememberConversation({ ...known, language: 'de' }, null, WEEKS_LATER);
    assert.equal((await ledger.conversationOf(person))?.language, 'de');
    await ledger.close();
  });

  it('are left as they are when one caller has two open cases, and the operator reads which', async () => {
    const columns = 'version, technician, caller, opened_at, closed_at, state, body, salt, sealed_by';
    change(`insert into cases (${columns}) select ${columns} from cases where id = 2`);
    const refusal = await open().then(
      () => null,
      (error: unknown) => error,
    );
    assert.ok(refusal instanceof Fault);
    assert.equal(refusal.code, 'configuration');
    assert.match(refusal.internal, /^cases 2 and 4 are open for the same caller\. Start the version you ran before, /);
    assert.equal(ask('pragma user_version'), 1);
    assert.equal(ask("select count(*) from sqlite_schema where name in ('request_cards', 'card_holds')"), 0);
  });
});

describe('A ledger of 0.1.0 that was not updated, such as a backup from before', () => {
  const folder = scratch();
  const file = join(folder.dir, 'backup.sqlite');
  const verify = () => verifyFile(file, { since: null, publicKey: null, thorough: true });
  beforeEach(() => copyFileSync(PLAYED, file));
  after(() => folder.clean());

  it('verifies as it is, without being changed', async () => {
    const verdict = await verify();
    assert.ok(verdict.ok, JSON.stringify(verdict));
    const database = new SqliteDatabase(file, { readonly: true });
    assert.equal(database.pragma('user_version', { simple: true }), 1);
    database.close();
  });

  for (const change of [
    'drop trigger entries_are_never_changed',
    'drop index entries_about',
    'create unique index extra on entries (hash)',
    'create table extra (text text)',
    'pragma user_version = 2',
    'pragma user_version = 0',
    'pragma user_version = 99',
  ]) {
    it(`is broken after "${change}"`, async () => {
      const database = new SqliteDatabase(file);
      database.exec(change);
      database.close();
      assert.deepEqual(await verify(), { ok: false, problem: 'schema-differs', at: null });
    });
  }
});

function entryOf(caseId: CaseId) {
  return {
    code: 'case.callback-recorded',
    actor: 'hardline',
    about: null,
    caseId,
    intentId: null,
    detail: {},
  } as const;
}
