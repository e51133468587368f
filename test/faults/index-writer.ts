/**
 * A process that writes rounds of the tenant feed and says so: `node index-writer.ts FILE`. It goes on where the cursor is.
 * `begun N` is printed before round N is written, `written N` afterwards: the second is a promise.
 */
import { writeSync } from 'node:fs';
import { Fault } from '../../src/casework/ports/fault.ts';
import { openLedger } from '../../src/ledger/open.ts';
import { counting, minutesLater } from '../ledger/fixtures.ts';
import { roundReached, updateOf } from './index-rounds.ts';

const say = (line: string) => void writeSync(1, `${line}\n`);

const [file = ''] = process.argv.slice(2);
try {
  const { tenantIndex } = await openLedger({ file, now: () => minutesLater(60), newId: counting() });
  say('open');
  for (let round = (await roundReached(tenantIndex)) + 1; ; round += 1) {
    say(`begun ${round}`);
    await tenantIndex.write(updateOf(tenantIndex, round));
    say(`written ${round}`);
  }
} catch (error) {
  if (!(error instanceof Fault)) throw error;
  say(`gave-up ${error.code}`);
}
