import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { itInFull } from '../lane.ts';
import { TESS } from '../scenarios/helpdesk.ts';
import { openBotProcess, readyToIssue, until, type BotProcess } from './bot-process.ts';

const CANARY = 'Kill9+me';
const POST_PASS = { method: 'POST', path: '/v1.0/users/*/authentication/temporaryAccessPassMethods' } as const;
const VERIFY = fileURLToPath(new URL('../../src/commands/verify.ts', import.meta.url));

const live = (bot: BotProcess): number =>
  bot.tenant.control.state().passes.filter((pass) => pass.usability === 'EnabledByPolicy').length;
const orders = (bot: BotProcess): number =>
  bot.tenant.control.journal().filter((one) => one.method === 'POST' && one.path.endsWith('temporaryAccessPassMethods'))
    .length;

describe('The process is killed while a pass is being issued', function () {
  this.timeout(90_000);
  let bot: BotProcess;
  beforeEach(async () => {
    bot = await openBotProcess({ settleSeconds: 10 });
    await bot.start();
    await readyToIssue(bot);
    bot.tenant.control.nextPass(CANARY);
  });
  afterEach(() => bot.close());

  /** Presses *Issue*, and kills the process once Graph has the order. */
  async function killInFlight(): Promise<void> {
    const press = bot.press(TESS, 'issue-pass').catch(() => '');
    await until(() => orders(bot) === 1, 'the order is at Graph');
    await bot.kill();
    await press;
  }

  // Each starts the bot twice, as a process of its own. random/ has a bot that crashes in the middle of an order in both lanes.
  itInFull('after Graph made the pass: the next start finds it, deletes it unseen, and the case goes on', async () => {
    bot.tenant.control.fault({ kind: 'delay', ms: 5000, does: 'at-once', times: 1, ...POST_PASS });
    await killInFlight();
    await until(() => live(bot) === 1, 'the pass exists, and nobody knows it');
    await bot.start();
    await until(() => live(bot) === 0, 'the unknown pass is gone');
    await until(() => bot.sees(TESS).includes('choose-callback'), 'the card offers a way on');
    assert.equal(orders(bot), 1, 'nothing was ordered a second time');
    assert.ok(!bot.output().includes(CANARY));
    const verdict = execFileSync(process.execPath, [VERIFY, '--data', bot.dataFolder], { encoding: 'utf8' });
    assert.match(verdict, /ok|intact|verif/i);
  });

  itInFull('before Graph did anything: two checks, some time apart, and then the case goes on', async () => {
    bot.tenant.control.fault({ kind: 'hang', times: 1, ...POST_PASS });
    await killInFlight();
    await bot.start();
    await until(() => bot.sees(TESS).includes('choose-callback'), 'the card offers a way on', 60);
    assert.equal(orders(bot), 1);
    assert.equal(live(bot), 0);
  });
});
