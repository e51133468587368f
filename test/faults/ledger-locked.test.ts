import assert from 'node:assert/strict';
import { execFileSync, spawnSync } from 'node:child_process';
import { join } from 'node:path';
import SqliteDatabase from 'better-sqlite3';
import { TESS } from '../scenarios/helpdesk.ts';
import { openBotProcess, until, type BotProcess } from './bot-process.ts';

const RESET = 'reset the password of Lena Hartmann';

describe('The bot, while another program keeps its ledger locked, or its disk is full', function () {
  this.timeout(90_000);
  let bot: BotProcess;
  let origin: string;
  beforeEach(async () => {
    bot = await openBotProcess();
    await bot.start();
    await bot.teams.installForAll();
    origin = `http://127.0.0.1:${/"port":(\d+)/.exec(bot.output())?.[1] ?? ''}`;
  });
  afterEach(() => bot.close());

  const health = async (path: '/healthz' | '/readyz') => {
    const response = await fetch(`${origin}${path}`);
    return { status: response.status, text: await response.text() };
  };

  it('answers /healthz before the lock is gone, refuses a manual reset in words, and is ready again afterwards', async () => {
    const other = new SqliteDatabase(join(bot.dataFolder, 'hardline.sqlite'));
    other.exec('begin immediate');
    const asked = bot.says(TESS, RESET);
    // Each of these answers comes while the lock is held: it is released by this test, and only after all of them.
    for (let n = 0; n < 20; n += 1) assert.equal((await health('/healthz')).text, '{"up":true}');
    await asked;
    assert.match(bot.sees(TESS), /Nobody at the helpdesk can set a password/);
    assert.match(bot.sees(TESS), /could not be written to the log of Hardline/);
    assert.deepEqual(await health('/readyz'), { status: 503, text: '{"ready":false,"because":"ledger-unwritable"}' });
    other.exec('rollback');
    other.close();
    await until(async () => (await health('/readyz')).status === 200, 'ready again');
    assert.match(bot.output(), /the ledger can be written again/);
  });

  it('refuses a manual reset in words on a full disk, and says afterwards what has no entry', async function () {
    if (spawnSync('prlimit', ['--version']).status !== 0) {
      if (process.env['CI'] !== undefined) throw new Error('prlimit (util-linux) is needed in CI');
      this.skip(); // skipped: prlimit is not on this machine
    }
    execFileSync('prlimit', ['--pid', String(bot.pid()), '--fsize=1:unlimited']);
    await bot.says(TESS, RESET);
    assert.match(bot.sees(TESS), /I cannot set a password for you/);
    assert.match(bot.sees(TESS), /could not be written to the log of Hardline/);
    assert.equal((await health('/readyz')).status, 503);
    execFileSync('prlimit', ['--pid', String(bot.pid()), '--fsize=unlimited:unlimited']);
    await until(async () => (await health('/readyz')).status === 200, 'ready again');
    const ledger = new SqliteDatabase(join(bot.dataFolder, 'hardline.sqlite'), { readonly: true });
    const details = ledger
      .prepare("select detail from entries join details using (seq) where code = 'ledger.gap'")
      .pluck()
      .all() as string[];
    ledger.close();
    assert.deepEqual(
      details.map((detail) => (JSON.parse(detail) as { unrecorded: number }).unrecorded),
      [1],
    );
  });
});
