import assert from 'node:assert/strict';
import { setImmediate } from 'node:timers/promises';
import SqliteDatabase from 'better-sqlite3';
import type { Timing } from '../../src/casework/ports/runtime.ts';
import { openLedger, type OpenedLedger } from '../../src/ledger/open.ts';
import { counting, entry, morning, scratch } from './fixtures.ts';

/** Turns of the event loop that a server would have had for other people's requests. */
const TURNS = 200;

describe('A ledger that another program keeps locked', () => {
  let place: ReturnType<typeof scratch>;
  let ledger: OpenedLedger;
  let other: SqliteDatabase.Database;
  beforeEach(() => {
    place = scratch();
  });
  afterEach(async () => {
    other.close();
    await ledger.close();
    place.clean();
  });

  const open = async (timing?: Timing): Promise<void> => {
    ledger = await openLedger({ file: place.file, now: () => morning, newId: counting(), ...(timing && { timing }) });
    other = new SqliteDatabase(place.file);
    other.exec('begin immediate');
  };
  const codes = async () => (await ledger.entries({ caseId: null, limit: 99 })).map(({ code }) => code);

  it('does not keep the process from anything else while a write waits for the lock', async () => {
    await open();
    const written = ledger.record([entry('turn.fine')], morning);
    for (let turn = 0; turn < TURNS; turn += 1) await setImmediate();
    assert.deepEqual(await codes(), [], 'it can be read meanwhile, and nothing was written');
    other.exec('rollback');
    await written;
    assert.deepEqual(await codes(), ['turn.fine']);
  });

  it('refuses what waits once its patience is over, all of it at the same time, and not one write after the other', async () => {
    const time = stoppedTime();
    await open(time.timing);
    const writes = Array.from({ length: 100 }, () => ledger.record([entry('turn.late')], morning));
    const refused = Promise.allSettled(writes);
    await time.runOut(refused);
    const outcomes = (await refused).map((one) => (one.status === 'rejected' ? codeOf(one.reason) : 'written'));
    assert.deepEqual([...new Set(outcomes)], ['ledger-unwritable']);
    assert.ok(time.passed() <= 2_100, `${time.passed()} ms for 100 writes`);
  });

  it('refuses at once what comes after that, and writes again as soon as the lock is gone', async () => {
    const time = stoppedTime();
    await open(time.timing);
    await time.runOut(Promise.allSettled([ledger.record([entry('turn.late')], morning)]));
    const before = time.passed();
    await assert.rejects(ledger.record([entry('turn.late')], morning), { code: 'ledger-unwritable' });
    assert.equal(time.passed(), before, 'nobody waits for a lock that is known to stay');
    other.exec('rollback');
    await ledger.record([entry('turn.fine')], morning);
    assert.deepEqual(await codes(), ['turn.fine']);
  });

  it('keeps the order of what was asked for, also of what came while others waited', async () => {
    const time = stoppedTime();
    await open(time.timing);
    const first = ledger.record([entry('turn.first')], morning);
    await time.pauses(3);
    const second = ledger.record([entry('turn.second')], morning);
    other.exec('rollback');
    await time.runOut(Promise.all([first, second]));
    assert.deepEqual(await codes(), ['turn.second', 'turn.first']);
  });
});

function codeOf(error: unknown): unknown {
  return error instanceof Error && 'code' in error ? error.code : error;
}

/** Time that passes only in the pauses of the ledger itself. */
function stoppedTime() {
  let clock = 0;
  let pending: (() => void) | null = null;
  const timing: Timing = {
    clock: () => clock,
    after: (milliseconds, run) => {
      pending = () => {
        clock += milliseconds;
        run();
      };
      return () => void (pending = null);
    },
  };
  const pause = async (): Promise<void> => {
    for (let turn = 0; pending === null && turn < TURNS; turn += 1) await setImmediate();
    const run = pending;
    pending = null;
    run?.();
  };
  return {
    timing,
    passed: () => clock,
    async pauses(count: number) {
      for (let n = 0; n < count; n += 1) await pause();
    },
    async runOut(work: Promise<unknown>) {
      let isOver = false;
      void work.finally(() => (isOver = true));
      const over = (): boolean => isOver;
      while (!over()) {
        await pause();
        await setImmediate();
      }
    },
  };
}
