import assert from 'node:assert/strict';
import { openLedger } from '../../src/ledger/open.ts';
import { itInFull } from '../lane.ts';
import { counting, minutesLater, scratch } from '../ledger/fixtures.ts';
import { checkRounds } from './index-rounds.ts';
import { runWriter } from './ledger-process.ts';

const ROUNDS = Number(process.env['FAULT_ROUNDS'] ?? 30);

describe('A process that is killed while it follows the tenant', () => {
  const { file, clean } = scratch();
  after(clean);

  // Each round is a process. In the quick lane ledger-killed.test.ts kills one while it writes.
  itInFull('never leaves a cursor without what was found, nor what was found without its cursor', async function () {
    this.timeout(ROUNDS * 10_000);
    let promised = 0;
    let unfinished = 0;
    for (let round = 0; round < ROUNDS; round += 1) {
      // Spread over the first rounds, the same in every run. Nearly all of the time, a round is being written.
      const ended = await runWriter([file], { writer: 'index-writer.ts', killAfterLines: 2 + ((round * 7) % 12) });
      assert.equal(ended.signal, 'SIGKILL', ended.errors);
      const written = ended.lines.filter((line) => line.startsWith('written ')).map((line) => Number(line.slice(8)));
      promised = Math.max(promised, ...written);
      const ledger = await openLedger({ file, now: () => minutesLater(60), newId: counting() });
      const reached = await checkRounds(ledger.tenantIndex);
      await ledger.close();
      assert.ok(reached >= promised, `round ${promised} was promised, ${reached} is there`);
      if (ended.lines.at(-1)?.startsWith('begun ') === true) unfinished += 1;
    }
    assert.ok(promised >= ROUNDS, `only ${promised} rounds were put to the test`);
    assert.ok(unfinished >= ROUNDS / 4, `only ${unfinished} rounds were interrupted`);
  });
});
