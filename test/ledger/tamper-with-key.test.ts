/**
 * The figure for the threat model: what somebody who can write the file, and has read our source, can do at every position of a
 * ledger with a key, and what finds it. Everything is found with a checkpoint kept elsewhere; what is found without one is said.
 */
import assert from 'node:assert/strict';
import { generateKeyPairSync } from 'node:crypto';
import { copyFileSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import type { Database } from 'better-sqlite3';
import { readCheckpoint } from '../../src/ledger/checkpoint.ts';
import { openLedger } from '../../src/ledger/open.ts';
import { verifyFile } from '../../src/ledger/verify.ts';
import { rowsOf } from '../lane.ts';
import { counting, entry, lena, minutesLater, morning, scratch, tess } from './fixtures.ts';
import { appendForged, fill, recomputeFrom, rewriteDetail, tamper } from './tampering.ts';

const { privateKey, publicKey } = generateKeyPairSync('ed25519');
const SIZE = 200;
/** Entries of cases; those after them are of turns. */
const FILLED = 95;

type Hand = (database: Database, seq: number) => void;

const erase: Hand = (database, seq) => {
  const row = database.prepare('select about, case_id from entries where seq = ?').get(seq) as Row;
  appendForged(database, { code: 'ledger.erased', about: row.about ?? lena, detail: ONE_DETAIL });
  database.prepare('delete from details where seq = ?').run(seq);
};
interface Row {
  readonly about: string | null;
  readonly case_id: number | null;
}
const ONE_DETAIL = '{"details":1,"cases":0,"openCasesKept":0}';

/** Cuts the chain after `seq` and makes the rest fit: cases, head and all. */
const cut: Hand = (database, seq) => {
  database.exec('delete from card_places; delete from cases');
  database.prepare('delete from entries where seq > ?').run(seq);
  database.prepare('delete from details where seq > ?').run(seq);
  database.prepare('delete from signatures where seq > ?').run(seq);
  database.exec('update entries set case_digest = null');
  recomputeFrom(database, 1);
};

const HANDS: Readonly<Record<string, Hand>> = {
  'edits a field': (database, seq) =>
    void database.prepare("update entries set actor = 'hardline', about = 'x' where seq = ?").run(seq),
  'edits a detail': (database, seq) =>
    void database.prepare("update details set detail = replace(detail, '}', ' }') where seq = ?").run(seq),
  'edits a detail with its commitment': rewriteDetail,
  'removes a detail': (database, seq) => void database.prepare('delete from details where seq = ?').run(seq),
  'removes a record': (database, seq) => void database.prepare('delete from entries where seq = ?').run(seq),
  'cuts off the end': (database, seq) => void database.prepare('delete from entries where seq >= ?').run(seq),
  'cuts off the end and makes the rest fit': (database, seq) => {
    cut(database, Math.max(1, seq - 1));
  },
  'edits a record and writes everything after it anew': (database, seq) => {
    database.prepare("update entries set actor = 'a0000000-0000-4000-8000-000000000099' where seq = ?").run(seq);
    recomputeFrom(database, seq);
  },
  'rewrites a detail and everything after it': (database, seq) => {
    rewriteDetail(database, seq);
    recomputeFrom(database, seq);
  },
  'appends a change of the mode': (database) => void appendForged(database, { code: 'mode.normal', actor: tess }),
  'appends an ordinary entry': (database) => void appendForged(database, { code: 'case.seen-in-person', about: lena }),
  'appends an erasure and deletes the detail': erase,
};

describe('A ledger with a key, at every position', function () {
  this.timeout(600_000);
  const { file, dir, clean } = scratch();
  const copy = `${dir}/copy/hardline.sqlite`;
  /** The file as it was when so many entries were in it. */
  const earlier = new Map<number, Buffer>();
  let kept: string;
  let beside: Buffer;
  const isSampled = (seq: number): boolean => seq <= 2 || seq >= SIZE - 1 || seq === SIZE / 2;
  const positions = rowsOf(
    Array.from({ length: SIZE }, (_, index) => index + 1),
    isSampled,
  );

  before(async () => {
    await fill(copy, 1); // makes the folder
    const open = () => openLedger({ file, now: () => morning, newId: counting(), signingKey: privateKey });
    await fill(file, FILLED, { signingKey: privateKey });
    let written = FILLED + 1; // the first entry names the key
    for (const size of [...positions.filter((seq) => seq > written && seq < SIZE), SIZE]) {
      const ledger = await open();
      for (; written < size; written += 1) {
        await ledger.record(
          [entry(written === 120 ? 'mode.lockdown' : 'turn.fine', { detail: { outcome: `number ${written}` } })],
          minutesLater(written),
        );
      }
      await ledger.close();
      if (size < SIZE) earlier.set(size, readFileSync(file));
    }
    const ledger = await open();
    kept = await ledger.checkpoint();
    await ledger.close();
    assert.equal(readCheckpoint(kept)?.size, SIZE);
    beside = readFileSync(`${file}.checkpoint`);
  });
  after(clean);

  /** Whether a start refuses the copy, with what is given to it. */
  async function startRefuses(given: { readonly beside: boolean; readonly elsewhere: boolean }): Promise<boolean> {
    rmSync(`${copy}.checkpoint`, { force: true });
    if (given.beside) writeFileSync(`${copy}.checkpoint`, beside);
    try {
      const ledger = await openLedger({
        ...{ file: copy, now: () => minutesLater(500), newId: counting(), signingKey: privateKey },
        ...(given.elsewhere && { knownCheckpoints: [kept] }),
      });
      await ledger.close();
      return false;
    } catch (error) {
      assert.ok(error instanceof Error && 'code' in error, String(error));
      assert.ok(['ledger-corrupt', 'configuration'].includes(String(error.code)), String(error));
      return true;
    }
  }
  const verdictFails = async (elsewhere: boolean): Promise<boolean> =>
    !(
      await verifyFile(copy, {
        ...{ since: elsewhere ? readCheckpoint(kept) : null, publicKey: elsewhere ? publicKey : null, thorough: false },
      })
    ).ok;
  const fresh = (): void => {
    for (const suffix of ['', '-wal', '-shm', '.checkpoint']) rmSync(copy + suffix, { force: true });
  };

  it('opens as long as nobody laid hands on it', async () => {
    fresh();
    copyFileSync(file, copy);
    assert.equal(await startRefuses({ beside: true, elsewhere: true }), false);
  });

  for (const [name, hand] of Object.entries(HANDS)) {
    it(`does not start, and with the key it does not verify, wherever somebody ${name}`, async () => {
      for (const seq of positions) {
        fresh();
        copyFileSync(file, copy);
        tamper(copy, (database) => {
          hand(database, seq);
        });
        // The seal alone finds it: neither the file beside the database nor a checkpoint is needed.
        assert.equal(await startRefuses({ beside: false, elsewhere: false }), true, `entry ${seq}`);
        if (!isSampled(seq)) continue;
        const sealed = await verifyFile(copy, {
          since: null,
          publicKey: null,
          thorough: false,
          signingKey: privateKey,
        });
        assert.equal(sealed.ok, false, `entry ${seq}`);
      }
    });
  }

  for (const [name, found] of Object.entries({
    'appends a change of the mode': true,
    'appends an erasure and deletes the detail': true,
    'appends an ordinary entry': false,
  })) {
    it(`${found ? 'is' : 'is not'} found broken without the key and without a checkpoint when somebody ${name}`, async () => {
      fresh();
      copyFileSync(file, copy);
      tamper(copy, (database) => HANDS[name]?.(database, SIZE - 1));
      assert.equal(await verdictFails(false), found);
    });
  }

  it('does not start from an older copy, however little is missing, with the file beside it or a checkpoint elsewhere', async () => {
    for (const [size, bytes] of earlier) {
      for (const [given, refused] of [
        [{ beside: true, elsewhere: false }, true],
        [{ beside: false, elsewhere: true }, true],
        // What is not found: both were taken away, and the older copy is a true one.
        [{ beside: false, elsewhere: false }, false],
      ] as const) {
        fresh();
        writeFileSync(copy, bytes);
        assert.equal(await startRefuses(given), refused, `${size} entries`);
      }
      fresh();
      writeFileSync(copy, bytes);
      assert.equal(await verdictFails(true), true, `${size} entries`);
    }
  });

  it('does not start anew without a word', async () => {
    for (const given of [
      { beside: true, elsewhere: false },
      { beside: false, elsewhere: true },
    ]) {
      fresh();
      assert.equal(await startRefuses(given), true);
    }
    fresh();
    // What is not found: nothing of the earlier ledger is left, neither here nor elsewhere.
    assert.equal(await startRefuses({ beside: false, elsewhere: false }), false);
  });
});
