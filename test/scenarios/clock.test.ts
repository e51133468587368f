import assert from 'node:assert/strict';
import { startHardline } from '../../src/app.ts';
import { ConfigError, readConfig } from '../../src/config/config.ts';
import { FERNHILL, startTenant } from '../../demo/tenant/start.ts';
import type { Instant } from '../../src/procedure/facts.ts';
import { rowsOf } from '../lane.ts';
import { scratchFolder } from '../scratch-folder.ts';
import { environmentFor } from './environment.ts';
import { MINUTE, openHelpdesk, TESS, type Helpdesk } from './helpdesk.ts';
import { callBack, standsAt, words, written } from './steps.ts';

describe('The clock of the machine that Hardline runs on', () => {
  let helpdesk: Helpdesk;
  beforeEach(async () => {
    helpdesk = await openHelpdesk();
  });
  afterEach(() => helpdesk.close());
  const differs = (): readonly string[] =>
    helpdesk.logLines().filter((line) => line.includes("differs from Microsoft's: no pass is issued"));

  for (const minutes of rowsOf([3, 60, -60], (off) => off === 3)) {
    it(`${minutes} minutes off while it runs: nothing is ordered, the card says why, and the operator reads an error`, async () => {
      await callBack(helpdesk);
      helpdesk.botIsAhead(minutes);
      const refused = await helpdesk.presses(TESS, 'issue-pass');
      assert.equal(helpdesk.passOrders(), 0);
      assert.notEqual(await standsAt(helpdesk), 'closed', 'a clock of ours closes no case');
      assert.match(words(refused), /The clock of Hardline: more than two minutes off Microsoft's time/);
      assert.deepEqual((await written(helpdesk, 'case.refused')).at(0)?.detail['unread'], ['clock']);
      const [line, ...more] = differs();
      assert.ok(line !== undefined && more.length === 0, 'once, not with every answer');
      assert.equal((JSON.parse(line) as { level: number }).level, 50, 'as an error');
    });
  }

  it('set right again: the same press works', async () => {
    await callBack(helpdesk);
    helpdesk.botIsAhead(3);
    await helpdesk.presses(TESS, 'issue-pass');
    helpdesk.botIsAhead(0);
    await helpdesk.says(TESS, 'case 1');
    await helpdesk.presses(TESS, 'issue-pass');
    assert.equal(helpdesk.passOrders(), 1);
    assert.ok(helpdesk.logLines().some((line) => line.includes("agrees with Microsoft's again")));
  });

  it('set back by an hour: every card and every answer goes out at once all the same', async () => {
    helpdesk.botIsAhead(60);
    await helpdesk.says(TESS, 'lena.hartmann@fernhill.example is locked out');
    helpdesk.botIsAhead(0);
    const answered = await helpdesk.says(TESS, 'cases');
    assert.match(words(answered), /Lena Hartmann/);
    await helpdesk.says(TESS, 'case 1');
    const undelivered = helpdesk
      .logLines()
      .filter((line) => line.includes('"throttled"') || line.includes('not delivered'));
    assert.deepEqual(undelivered, []);
  });

  it('set back by 5 minutes while it runs: the log and the ledger say so once, and every answer goes out', async () => {
    await helpdesk.tick();
    helpdesk.botIsAhead(-5);
    await helpdesk.tick();
    await helpdesk.tick();
    const jumps = await written(helpdesk, 'clock.jumped');
    assert.deepEqual(
      jumps.map(({ detail }) => Math.round(Number(detail['seconds']) / 10) * 10),
      [-300],
    );
    assert.equal(helpdesk.logLines().filter((line) => line.includes('the clock of this machine was set')).length, 1);
    for (let n = 0; n < 10; n += 1) assert.match(words(await helpdesk.says(TESS, 'help')), /locked out/);
  });

  for (const minutes of [-74, -5, -3 * 24 * 60, 10, 3 * 24 * 60]) {
    it(`a proof of eleven minutes ago does not count when the clock was set by ${minutes} minutes in between`, async () => {
      await callBack(helpdesk);
      helpdesk.botIsAhead(minutes);
      helpdesk.pass(11);
      await helpdesk.says(TESS, 'case 1');
      helpdesk.botIsAhead(0);
      const canIssue = helpdesk.card(TESS).buttons.some(({ verb }) => verb === 'issue-pass');
      if (canIssue) await helpdesk.presses(TESS, 'issue-pass');
      assert.equal(helpdesk.passOrders(), 0);
      assert.notEqual(await standsAt(helpdesk), 'issuing');
    });
  }

  it('3 days ahead for one turn: the bot starts again, and no entry has a time that is still to come', async () => {
    await callBack(helpdesk);
    helpdesk.botIsAhead(3 * 24 * 60);
    await helpdesk.says(TESS, 'case 1');
    helpdesk.botIsAhead(0);
    await helpdesk.stopBot();
    await helpdesk.startBot();
    assert.deepEqual(
      (await helpdesk.ledger()).filter(({ at }) => at > helpdesk.now() + MINUTE),
      [],
    );
  });

  it('a proof from a time that the clock has not reached any more does not count: nobody knows how old it is', async () => {
    helpdesk.botIsAhead(60);
    await callBack(helpdesk).catch(() => undefined); // the clock keeps the case back already
    helpdesk.botIsAhead(0);
    helpdesk.pass(11);
    await helpdesk.says(TESS, 'case 1');
    const canIssue = helpdesk.card(TESS).buttons.some(({ verb }) => verb === 'issue-pass');
    if (canIssue) await helpdesk.presses(TESS, 'issue-pass');
    assert.equal(helpdesk.passOrders(), 0);
  });
});

describe('The start with a clock that is wrong', () => {
  const wrong = [
    [3, "3 minutes ahead of Microsoft's"],
    [60, "60 minutes ahead of Microsoft's"],
    [-60, "60 minutes behind Microsoft's"],
  ] as const;
  for (const [minutes, words] of rowsOf(wrong, ([off]) => off === -60)) {
    it(`by ${minutes} minutes is refused with one line that says what to do`, async () => {
      const tenant = await startTenant({ port: 0, seed: FERNHILL, now: () => Date.now() });
      const { dir, clean } = scratchFolder('clock');
      try {
        const now = (): Instant => (Date.now() + minutes * MINUTE) as Instant;
        const start = startHardline(readConfig(environmentFor(tenant.origin, dir)), { now, withoutTimers: true });
        await assert.rejects(start, (error: unknown) => {
          assert.ok(error instanceof ConfigError);
          assert.deepEqual(error.problems, [`the clock of this machine is ${words}: set it and start again`]);
          return true;
        });
      } finally {
        await tenant.close();
        clean();
      }
    });
  }
});
