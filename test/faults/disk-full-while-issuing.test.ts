import assert from 'node:assert/strict';
import { execFileSync, spawnSync } from 'node:child_process';
import { itInFull } from '../lane.ts';
import { TESS } from '../scenarios/helpdesk.ts';
import { openBotProcess, readyToIssue, until, type BotProcess } from './bot-process.ts';

const orders = (bot: BotProcess): number =>
  bot.tenant.control.journal().filter((one) => one.method === 'POST' && one.path.endsWith('temporaryAccessPassMethods'))
    .length;

describe('The ledger disk is full', function () {
  this.timeout(60_000);
  let bot: BotProcess;
  before(async function () {
    if (spawnSync('prlimit', ['--version']).status !== 0) {
      if (process.env['CI'] !== undefined) throw new Error('prlimit (util-linux) is needed in CI');
      this.skip(); // skipped: prlimit is not on this machine
    }
    bot = await openBotProcess();
    await bot.start();
    await readyToIssue(bot);
  });
  after(() => bot.close());

  // A bot as a process of its own. ledger-outages.test.ts has a ledger that takes nothing in both lanes.
  itInFull(
    'no entry, no action: Graph is never asked, the technician is told, and the case is still there afterwards',
    async () => {
      // From here on the process cannot make any file larger: every write to the ledger fails as on a full disk.
      execFileSync('prlimit', ['--pid', String(bot.pid()), '--fsize=1:unlimited']);
      const headline = await bot.press(TESS, 'issue-pass');
      assert.equal(orders(bot), 0);
      assert.ok(headline.length > 0);
      assert.match(bot.sees(TESS), /write this down|written down|could not write/i);

      execFileSync('prlimit', ['--pid', String(bot.pid()), '--fsize=unlimited:unlimited']);
      await bot.says(TESS, 'case 1');
      await bot.press(TESS, 'issue-pass');
      await until(() => orders(bot) === 1, 'with room again, the pass is issued');
    },
  );
});
