import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { itInFull } from '../lane.ts';
import { openBotProcess, type BotProcess } from './bot-process.ts';

const VERIFY = fileURLToPath(new URL('../../src/commands/verify.ts', import.meta.url));
const CONFIGURATION = 78;

describe('A second process on the same data folder', function () {
  this.timeout(60_000);
  let bot: BotProcess;
  /** One bot for all: each test leaves one running. */
  before(async () => {
    bot = await openBotProcess();
    await bot.start();
  });
  after(() => bot.close());

  // Each start takes seconds. ledger/lease.test.ts has the lock itself in both lanes.
  itInFull('does not start, and says why in one line', async () => {
    const { code, said } = await bot.startBeside();
    assert.equal(code, CONFIGURATION);
    assert.match(said, /^Hardline cannot start: Another Hardline process is running on the same data folder\. .*\n$/);
    assert.ok(!said.trimEnd().includes('\n'), said);
  });

  itInFull('can start as soon as the first one was killed', async () => {
    await bot.kill();
    await bot.start();
    assert.equal((await bot.startBeside()).code, CONFIGURATION);
  });

  itInFull('may verify the ledger meanwhile', () => {
    const verdict = execFileSync(process.execPath, [VERIFY, '--data', bot.dataFolder], { encoding: 'utf8' });
    assert.match(verdict, /^ledger ok/);
  });
});
