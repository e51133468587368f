/** A long ledger opens after its end was verified; the rest is verified beside the work, and stops it when it is broken. */
import assert from 'node:assert/strict';
import { generateKeyPairSync } from 'node:crypto';
import { rmSync } from 'node:fs';
import type { Database } from 'better-sqlite3';
import { openLedger, type OpenedLedger } from '../../src/ledger/open.ts';
import { counting, entry, minutesLater, scratch } from './fixtures.ts';
import { appendForged, fill, rewriteDetail, tamper } from './tampering.ts';

const { privateKey } = generateKeyPairSync('ed25519');
const SIZE = 60;

describe('A long ledger at the start', () => {
  let place: ReturnType<typeof scratch>;
  let ledger: OpenedLedger | null;
  let stopped: string[];
  beforeEach(async () => {
    place = scratch();
    ledger = null;
    stopped = [];
    await fill(place.file, SIZE, { signingKey: privateKey });
  });
  afterEach(async () => {
    await ledger?.close();
    place.clean();
  });

  const open = async (verifyTailFrom: number): Promise<OpenedLedger> => {
    ledger = await openLedger({
      ...{ file: place.file, now: () => minutesLater(100), newId: counting(), signingKey: privateKey, verifyTailFrom },
      onStopped: (why) => stopped.push(why),
    });
    return ledger;
  };
  const old = (hand: (database: Database) => void): void => {
    tamper(place.file, hand);
  };

  it('works at once, is verified whole beside the work, and goes on', async () => {
    const running = await open(10);
    await running.record([entry('turn.fine')], minutesLater(100));
    await running.verifiedWhole();
    await running.record([entry('turn.fine')], minutesLater(101));
    assert.deepEqual(stopped, []);
    assert.equal(running.stopped(), null);
  });

  for (const [what, hand] of [
    [
      'an old record was altered',
      (database: Database) => database.exec("update entries set actor = 'x' where seq = 7"),
    ],
    [
      'an old detail was rewritten',
      (database: Database) => database.exec("update details set salt = 'x' where seq = 7"),
    ],
    ['an old detail was removed', (database: Database) => database.exec('delete from details where seq = 7')],
    [
      'a detail without a record was added',
      (database: Database) => database.exec("insert into details values (999, 'x', '{}')"),
    ],
    ['a signature was added', (database: Database) => database.exec("insert into signatures values (7, 'x', 'x')")],
  ] as const) {
    it(`stops writing as soon as the whole verification finds that ${what}`, async () => {
      old(hand);
      const running = await open(10);
      await running.verifiedWhole();
      assert.equal(stopped.length, 1);
      assert.match(stopped[0] ?? '', /^the ledger does not verify: /);
      await assert.rejects(running.record([entry('turn.late')], minutesLater(101)), { code: 'ledger-corrupt' });
      await assert.rejects(running.checkpoint(), { code: 'ledger-corrupt' });
    });

    it(`does not start when ${what} and the ledger is short enough to be verified whole`, async () => {
      old(hand);
      await assert.rejects(open(1000), { code: 'ledger-corrupt' });
    });
  }

  for (const [what, hand] of [
    ['an entry was appended', (database: Database) => void appendForged(database, { code: 'turn.forged' })],
    ['the newest record was altered', (database: Database) => rewriteDetail(database, SIZE + 1)],
    ['an open case was set back', (database: Database) => database.exec('update cases set sealed_by = sealed_by - 1')],
    ['an open case was edited', (database: Database) => database.exec("update cases set state = 'ready-to-issue'")],
    ['an index is missing', (database: Database) => database.exec('drop index entries_about')],
  ] as const) {
    it(`does not start, however long it is, when ${what}`, async () => {
      old(hand);
      await assert.rejects(open(10), { code: 'ledger-corrupt' });
    });
  }

  it('is verified whole at the start when nothing vouches for its end', async () => {
    old((database) => database.exec("update entries set actor = 'x' where seq = 7"));
    rmSync(`${place.file}.checkpoint`);
    await assert.rejects(open(10), { code: 'ledger-corrupt' });
  });

  it('can be closed in the middle of the verification', async () => {
    const running = await open(10);
    await running.close();
    await running.verifiedWhole();
    assert.deepEqual(stopped, []);
    ledger = null;
  });
});
