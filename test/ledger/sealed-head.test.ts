/** Somebody who can write the database file, and has read our source, adds entries to a running ledger or a stopped one. */
import assert from 'node:assert/strict';
import { generateKeyPairSync } from 'node:crypto';
import SqliteDatabase from 'better-sqlite3';
import type { Database } from 'better-sqlite3';
import { openLedger, type OpenedLedger } from '../../src/ledger/open.ts';
import { verifyFile } from '../../src/ledger/verify.ts';
import { counting, entry, lena, minutesLater, morning, scratch, tess } from './fixtures.ts';
import { appendForged, tamper } from './tampering.ts';

const { privateKey, publicKey } = generateKeyPairSync('ed25519');
const strangers = generateKeyPairSync('ed25519');
const forgedMode = { code: 'mode.normal', actor: tess };
const forgedErasure = { code: 'ledger.erased', about: lena, detail: '{"details":1,"cases":0,"openCasesKept":0}' };

describe('A ledger that somebody else wrote to', () => {
  let place: ReturnType<typeof scratch>;
  let ledger: OpenedLedger | null;
  let alarms: string[];
  beforeEach(() => {
    place = scratch();
    ledger = null;
    alarms = [];
  });
  afterEach(async () => {
    await ledger?.close();
    place.clean();
  });

  const open = async (key: 'with-key' | 'without-key' | 'strangers-key' = 'with-key'): Promise<OpenedLedger> => {
    const signingKey = key === 'with-key' ? privateKey : strangers.privateKey;
    ledger = await openLedger({
      ...{ file: place.file, now: () => morning, newId: counting() },
      ...(key !== 'without-key' && { signingKey }),
      onStopped: (why) => alarms.push(why),
    });
    return ledger;
  };
  const close = async (): Promise<void> => {
    await ledger?.close();
    ledger = null;
  };
  /** Beside the running bot: the triggers stay, because an append needs none of them gone. */
  const beside = (hand: (database: Database) => void): void => {
    const database = new SqliteDatabase(place.file);
    hand(database);
    database.close();
  };
  const verify = () => verifyFile(place.file, { since: null, publicKey, thorough: true });

  it('writes nothing more once a foreign entry was chained on, and tells the operator once', async () => {
    const running = await open();
    await running.record([entry('mode.lockdown')], minutesLater(1));
    beside((database) => appendForged(database, forgedMode));
    const before = await running.entries({ caseId: null, limit: 100 });
    for (const code of ['pass.create.intent', 'turn.fine']) {
      await assert.rejects(running.record([entry(code, { intentId: 'x' })], minutesLater(2)), {
        code: 'ledger-corrupt',
      });
    }
    assert.deepEqual(await running.entries({ caseId: null, limit: 100 }), before, 'nothing was written');
    assert.equal(alarms.length, 1);
    assert.match(alarms[0] ?? '', /somebody else/);
  });

  it('goes on refusing when the foreign entry is taken away again', async () => {
    const running = await open();
    await running.record([entry('turn.fine')], minutesLater(1));
    beside((database) => appendForged(database, forgedMode));
    await assert.rejects(running.record([entry('turn.fine')], minutesLater(2)), { code: 'ledger-corrupt' });
    tamper(place.file, (database) => {
      database.exec('delete from details where seq = 3; delete from entries where seq = 3');
    });
    await assert.rejects(running.record([entry('turn.fine')], minutesLater(2)), { code: 'ledger-corrupt' });
  });

  it('refuses a head that was set back to an earlier one with its right seal', async () => {
    const running = await open();
    const heads: unknown[] = [];
    beside((database) => heads.push(database.prepare('select seq, hash, seal from chain_head').get()));
    await running.record([entry('turn.fine')], minutesLater(1));
    tamper(place.file, (database) => {
      database.exec('delete from details where seq = 2; delete from entries where seq = 2');
      database.prepare('update chain_head set seq = @seq, hash = @hash, seal = @seal').run(heads[0]);
    });
    await assert.rejects(running.record([entry('turn.fine')], minutesLater(2)), { code: 'ledger-corrupt' });
  });

  it('does not start when an entry was chained on while it was stopped', async () => {
    await (await open()).record([entry('mode.lockdown')], minutesLater(1));
    await close();
    tamper(place.file, (database) => appendForged(database, forgedMode));
    await assert.rejects(open(), { code: 'ledger-corrupt' });
  });

  it('does not start when the seal is missing, or was made with another key', async () => {
    await (await open()).record([entry('mode.lockdown')], minutesLater(1));
    await close();
    for (const seal of ['null', "'x'"]) {
      tamper(place.file, (database) => database.exec(`update chain_head set seal = ${seal}`));
      await assert.rejects(open(), { code: 'ledger-corrupt' }, seal);
    }
  });

  it('is opened with no other key, and not without one', async () => {
    await open();
    await close();
    await assert.rejects(open('without-key'), { code: 'configuration' });
    await assert.rejects(open('strangers-key'), { code: 'configuration' });
    assert.equal((await verify()).ok, true);
  });

  for (const [what, forged] of [
    ['lifts the mode in the name of a lead', forgedMode],
    ['says that somebody was erased', forgedErasure],
  ] as const) {
    it(`is found broken when an entry ${what}, although the chain and the head fit`, async () => {
      await (await open()).record([entry('mode.lockdown'), entry('turn.fine')], minutesLater(1));
      await close();
      let seq = 0;
      tamper(place.file, (database) => (seq = appendForged(database, forged)));
      assert.deepEqual(await verify(), { ok: false, problem: 'signature-missing', at: seq });
    });

    it(`is found broken when such an entry comes with a signature of somebody else or of another entry, and ${what}`, async () => {
      await (await open()).record([entry('mode.lockdown'), entry('turn.fine')], minutesLater(1));
      await close();
      let seq = 0;
      tamper(place.file, (database) => {
        seq = appendForged(database, forged);
        database.exec(`insert into signatures select ${seq}, key_id, signature from signatures where seq = 2`);
      });
      assert.deepEqual(await verify(), { ok: false, problem: 'signature-wrong', at: seq });
    });
  }

  it('finds details that were deleted behind a true erasure', async () => {
    const running = await open();
    await running.record([entry('case.opened', { detail: { place: 'here' } })], minutesLater(1));
    await running.erase(lena, minutesLater(2), tess);
    await running.record([entry('turn.fine', { about: null })], minutesLater(3));
    await running.erase(lena, minutesLater(4), tess);
    await close();
    assert.equal((await verify()).ok, true);
    tamper(place.file, (database) => database.exec('delete from details where seq in (3, 4)'));
    assert.deepEqual(await verify(), { ok: false, problem: 'detail-missing', at: 3 });
  });

  it('says who erased whom, when, and how much', async () => {
    const running = await open();
    await running.record([entry('case.opened', { detail: { place: 'here' } })], minutesLater(1));
    await running.erase(lena, minutesLater(2), tess);
    await close();
    const verdict = await verify();
    assert.ok(verdict.ok);
    assert.deepEqual(verdict.erasures, [
      { seq: 3, at: minutesLater(2), by: tess, about: lena, details: 1, cases: 0, signed: true },
    ]);
  });
});
