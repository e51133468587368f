import assert from 'node:assert/strict';
import { openLedger } from '../../src/ledger/open.ts';
import { itInFull, rounds } from '../lane.ts';
import { counting, draft, morning, opened, scratch } from '../ledger/fixtures.ts';
import { codesIn, promised, runWriter } from './ledger-process.ts';

/** Starting the process is what takes the time; set FAULT_ROUNDS=200 for a longer run. */
const ROUNDS = Number(process.env['FAULT_ROUNDS'] ?? rounds({ quick: 2, full: 30 }));

describe('A process that is killed while it writes', () => {
  const { file, dir, clean } = scratch();
  after(clean);

  it('has written everything it said it had, and left a ledger that verifies', async function () {
    this.timeout(ROUNDS * 5_000);
    const acknowledged: string[] = [];
    for (let round = 0; round < ROUNDS; round += 1) {
      // Spread over the first moments after the start and deep into the work, the same in every run.
      const killAfterLines = 1 + ((round * 37) % 101);
      const ended = await runWriter([file, 'append', `r${round}`], { killAfterLines });
      assert.equal(ended.signal, 'SIGKILL', ended.errors);
      acknowledged.push(...promised(ended.lines));
      const found = await codesIn(file);
      const lost = acknowledged.filter((code) => !found.has(code));
      assert.deepEqual(lost, [], `round ${round}`);
    }
    assert.ok(acknowledged.length > ROUNDS * 10, `only ${acknowledged.length} promises were put to the test`);
  });

  // Two processes. contracts/two-processes.contract.ts has two connections in one process, in both lanes.
  itInFull('shares a case with another process: each version is won once', async function () {
    this.timeout(60_000);
    const shared = `${dir}/shared.db`;
    const ledger = await openLedger({ file: shared, now: () => morning, newId: counting() });
    await ledger.openCase(draft(), opened, morning);
    await ledger.close();
    const ended = await Promise.all(['one', 'two'].map((name) => runWriter([shared, 'race', name, '60'])));
    for (const process of ended) assert.equal(process.lines.at(-1), 'closed', process.errors);
    const lines = ended.flatMap((process) => process.lines);
    const won = lines.filter((line) => line.startsWith('won ')).map((line) => Number(line.slice(4)));
    assert.deepEqual(
      won.sort((a, b) => a - b),
      Array.from({ length: 120 }, (_, index) => index + 2),
    );
    assert.equal((await codesIn(shared)).has('case.moved.two'), true);
  });
});
