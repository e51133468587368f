import assert from 'node:assert/strict';
import { chmodSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import SqliteDatabase from 'better-sqlite3';
import fc from 'fast-check';
import { openWriter } from '../../src/ledger/connection.ts';
import { openForReading, openLedger } from '../../src/ledger/open.ts';
import { IN_FULL, itInFull, rounds, SAMPLE_SEED } from '../lane.ts';
import { counting, draft, entry, minutesLater, morning, openCase, opened, scratch } from './fixtures.ts';
import { fill, tamper } from './tampering.ts';
import type { Instant } from '../../src/procedure/facts.ts';

/** How many bytes are flipped, each in a file of its own. */
const FLIPS = rounds({ quick: 60, full: 200 });
/** The bytes of the header in which SQLite keeps what kind of file this is. */
const HEADER = [...Array(100).keys()].filter((position) => IN_FULL || position % 5 === 2);

describe('Opening the ledger', () => {
  let place: ReturnType<typeof scratch>;
  beforeEach(() => {
    place = scratch();
  });
  afterEach(() => place.clean());
  const open = (now: Instant = morning) => openLedger({ file: place.file, now: () => now, newId: counting() });

  it('sets what durability hangs on and reads it back', () => {
    const database = openWriter(place.file);
    const read = (pragma: string) => database.pragma(pragma, { simple: true });
    const found = ['journal_mode', 'synchronous', 'busy_timeout', 'foreign_keys', 'secure_delete'].map(read);
    assert.deepEqual(found, ['wal', 2, 5000, 1, 1]);
    assert.equal(read('journal_size_limit'), 16 * 1024 * 1024);
    database.close();
  });

  it('keeps the file, its log and its index to their owner, also when the file was open to all', async function () {
    if (process.platform === 'win32') this.skip();
    writeFileSync(place.file, '', { mode: 0o666 });
    chmodSync(place.file, 0o666);
    const ledger = await open();
    await ledger.record([entry('turn.fine')], morning);
    const modes = ['', '-wal', '-shm'].map((suffix) => statSync(place.file + suffix).mode & 0o777);
    assert.deepEqual(modes, [0o600, 0o600, 0o600]);
    await ledger.close();
  });

  it('finds everything again after it was closed', async () => {
    const first = await open();
    const stored = await openCase(first);
    await first.close();
    const second = await open();
    assert.deepEqual(await second.openCases(), [stored]);
    const next = await openCase(second, {}, opened, minutesLater(1));
    assert.equal(next.case.id, 2);
    await second.close();
  });

  it('writes nothing once it was closed, and says so', async () => {
    const ledger = await open();
    await ledger.close();
    await assert.rejects(ledger.record([entry('turn.late')], morning), { code: 'ledger-unwritable' });
  });

  it('finishes what was waiting before it closes', async () => {
    const ledger = await open();
    const writing = Promise.all([1, 2, 3].map(() => ledger.record([entry('turn.fine')], morning)));
    await ledger.close();
    await writing;
    const again = await open();
    assert.equal((await again.entries({ caseId: null, limit: 9 })).length, 3);
    await again.close();
  });

  it('refuses a database that belongs to something else', async () => {
    const other = new SqliteDatabase(place.file);
    other.exec('create table orders (id integer)');
    other.close();
    await assert.rejects(open(), { code: 'configuration' });
  });

  it('refuses a ledger written by a newer Hardline', async () => {
    await (await open()).close();
    const database = new SqliteDatabase(place.file);
    database.pragma('user_version = 99');
    database.close();
    await assert.rejects(open(), { code: 'configuration' });
  });

  it('refuses a file that is no database', async () => {
    writeFileSync(place.file, 'this was never a database, however long it is'.repeat(100));
    await assert.rejects(open(), { code: 'ledger-corrupt' });
  });

  it('refuses a folder it cannot write to', async () => {
    writeFileSync(place.file, '');
    const inside = `${place.file}/ledger.db`;
    await assert.rejects(openLedger({ file: inside, now: () => morning, newId: counting() }), {
      code: 'ledger-unwritable',
    });
  });

  it('refuses to work with a clock that is days behind what was already written', async () => {
    const ledger = await open();
    await ledger.record([entry('turn.fine')], minutesLater(3 * 24 * 60));
    await ledger.close();
    await assert.rejects(open(), { code: 'configuration' });
    await (await open(minutesLater(3 * 24 * 60 - 10))).close();
  });

  it('opens all the same when the operator names the entry that a wrong clock wrote, and no other one', async () => {
    const ledger = await open();
    await ledger.record([entry('turn.fine')], morning);
    await ledger.record([entry('turn.fine')], minutesLater(3 * 24 * 60));
    await ledger.close();
    const accepted: (readonly [number, number])[] = [];
    const openWith = (aheadEntry: number) =>
      openLedger({
        ...{ file: place.file, now: () => morning, newId: counting(), aheadEntry },
        onAheadAccepted: (...what) => void accepted.push(what),
      });
    for (const wrong of [1, 3]) {
      await assert.rejects(openWith(wrong), { code: 'configuration', internal: /HARDLINE_CLOCK_WAS_WRONG=2$/ });
    }
    assert.deepEqual(accepted, []);
    const opened = await openWith(2);
    assert.deepEqual(accepted, [[2, 3 * 24 * 60 * 60_000]]);
    await opened.record([entry('turn.fine')], morning);
    await opened.close();
    await assert.rejects(open(minutesLater(-2 * 24 * 60)), { internal: /HARDLINE_CLOCK_WAS_WRONG=3$/ });
    await (await open()).close();
  });

  it('can be looked at, but not written to, when it does not verify', async () => {
    const ledger = await open();
    const stored = await openCase(ledger);
    await ledger.close();
    tamper(place.file, (database) => database.exec("update chain_head set hash = 'x'"));
    await assert.rejects(open(), { code: 'ledger-corrupt' });
    const looking = openForReading(place.file);
    assert.deepEqual(await looking.openCases(), [stored]);
    assert.equal((await looking.entries({ caseId: null, limit: 5 })).length, 1);
    assert.deepEqual(await looking.verify(), { ok: false, problem: 'head-differs', at: 1 });
    const writes = [
      () => looking.record([entry('turn.late')], morning),
      () => looking.openCase(draft(), opened, morning),
      () => looking.firstSight('1:a', morning),
      () => looking.erase(stored.case.caller, morning),
      () => looking.checkpoint(),
    ];
    for (const write of writes) await assert.rejects(write(), { code: 'ledger-unwritable' });
    await looking.close();
  });

  itInFull('waits for another process that writes, and refuses when that takes too long', async function () {
    this.timeout(30_000);
    const ledger = await open();
    const other = new SqliteDatabase(place.file);
    other.exec('begin immediate');
    await assert.rejects(ledger.record([entry('turn.blocked')], morning), { code: 'ledger-unwritable' });
    other.exec('rollback');
    other.close();
    await ledger.record([entry('turn.after')], morning);
    const codes = (await ledger.entries({ caseId: null, limit: 5 })).map((one) => one.code);
    assert.deepEqual(codes, ['turn.after']);
    await ledger.close();
  });

  it('after any flipped byte either refuses the file or finds everything as it was', async function () {
    this.timeout(60_000);
    await fill(place.file, 40);
    const intact = await open(minutesLater(60));
    const everything = await intact.entries({ caseId: null, limit: 1000 });
    const cases = await intact.openCases();
    await intact.close();
    const bytes = readFileSync(place.file);
    let refused = 0;
    const flip = fc.tuple(fc.nat(bytes.length - 1), fc.integer({ min: 1, max: 255 }));
    await fc.assert(
      fc.asyncProperty(flip, async ([position, mask]) => {
        const changed = Buffer.from(bytes);
        changed[position] = changed[position]! ^ mask;
        const { file, clean } = scratch();
        try {
          writeFileSync(file, changed);
          const ledger = await openLedger({ file, now: () => minutesLater(60), newId: counting() });
          assert.deepEqual(await ledger.entries({ caseId: null, limit: 1000 }), everything);
          assert.deepEqual(await ledger.openCases(), cases);
          await ledger.close();
        } catch (error) {
          assert.ok(error instanceof Error && 'code' in error, String(error));
          assert.ok(
            ['ledger-corrupt', 'configuration', 'ledger-unwritable'].includes(String(error.code)),
            String(error),
          );
          refused += 1;
        } finally {
          clean();
        }
      }),
      // Every byte of the file's header is always among them: each means something else to SQLite.
      { numRuns: FLIPS + HEADER.length, examples: HEADER.map((position) => [[position, 1]]), seed: SAMPLE_SEED },
    );
    assert.ok(refused > FLIPS * 0.15, `only ${refused} of ${FLIPS + HEADER.length} were refused`);
  });
});
