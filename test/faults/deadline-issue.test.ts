// *Issue* on a slow day: at every call that it makes, Graph is slow, Teams does not take updates, or the technician's client has
// gone. There is never a pass that works and that nobody saw, the answer comes in time, and the technician can go on.
import assert from 'node:assert/strict';
import { rowsOf } from '../lane.ts';
import { ADA, TESS } from '../scenarios/helpdesk.ts';
import { readyToIssue, type SlowHelpdesk, type GraphCall, type Pressed } from './slow-helpdesk.ts';

const DELAYS = [2000, 5000, 8000, 12_000, 20_000] as const;
const TEAMS_FAULTS = ['throttled', 'hang', 'unavailable', 'throttled-without-hint'] as const;
const IN_TIME = 8500;

describe('Issuing a pass when something is slow', function () {
  this.timeout(600_000);

  const during = async (test: (slow: SlowHelpdesk) => Promise<void>): Promise<void> => {
    const slow = await readyToIssue();
    try {
      await test(slow);
    } finally {
      await slow.close();
    }
  };
  /** After the press: what must be true whatever happened, and that the next press gives the technician a pass. */
  const isSafe = async (slow: SlowHelpdesk, pressed: Pressed, where: string): Promise<void> => {
    const { helpdesk } = slow;
    if (pressed.answeredAfter !== null)
      assert.ok(pressed.answeredAfter <= IN_TIME, `${where}: ${pressed.answeredAfter} ms`);
    await slow.settle();
    assert.equal(helpdesk.livePasses(), pressed.showedPass ? 1 : 0, `${where}: a pass that nobody saw`);
    assert.equal(slow.seesPass(), pressed.showedPass, `${where}: what stands on the card`);
    if (pressed.showedPass) return;
    // A pass that was made counts as gone a minute later, at the second look.
    if ((await slow.standsAt()) === 'withdrawing-pass') await slow.secondLook();
    assert.equal(await slow.standsAt(), 'ready-to-issue', `${where}: the proof is kept`);
    helpdesk.tenant.control.clearFaults();
    helpdesk.teams.faults.set(TESS.id, null);
    helpdesk.tenant.control.nextPass('Another1!');
    await slow.goOn();
    assert.equal(helpdesk.livePasses(), 1, `${where}: the next press`);
  };

  let calls: readonly GraphCall[] = [];
  const ORDER = /temporaryAccessPassMethods$/;
  const NAME = /\/users\/[^/]+$/;
  before(() =>
    during(async (slow) => {
      const pressed = await slow.issue();
      calls = slow.calls();
      assert.ok(calls.some(({ path }) => ORDER.test(path)));
      assert.deepEqual([pressed.showedPass, slow.helpdesk.livePasses()], [true, 1]);
      await slow.settle();
      assert.equal(slow.seesPass(), true);
    }),
  );
  /** Every call, or the order alone where only a sample runs. */
  const someCalls = (): readonly GraphCall[] => rowsOf(calls, ({ path }) => ORDER.test(path));

  for (const delay of rowsOf(DELAYS, (ms) => ms === 12_000)) {
    it(`Graph takes ${delay / 1000} seconds for any one of its calls`, async () => {
      for (const call of someCalls()) {
        for (const does of ['after', 'at-once'] as const) {
          if (does === 'at-once' && !ORDER.test(call.path)) continue;
          await during(async (slow) => {
            slow.fault(call, { delay, does });
            const pressed = await slow.issue();
            await isSafe(slow, pressed, `${call.method} ${call.path}, ${delay} ms, done ${does}`);
          });
        }
      }
    });
  }

  it('Graph takes as long for every one of its calls', async () => {
    for (const latency of rowsOf(
      [500, 1000, 1500, 2000, 2500, 3000, 5000, 6500, 7500],
      (ms) => ms === 1000 || ms === 3000,
    )) {
      await during(async (slow) => {
        slow.helpdesk.tenant.control.latency({ ms: latency });
        const pressed = await slow.issue();
        await slow.settle();
        slow.helpdesk.tenant.control.latency({ ms: 0 });
        assert.equal(pressed.showedPass, latency <= 2000, `${latency} ms`);
        await isSafe(slow, pressed, `latency ${latency}`);
      });
    }
  });

  it('the client closes the connection while any one of its calls is under way', async () => {
    for (const call of someCalls()) {
      for (const [delay, cutAfter] of rowsOf(
        [
          [1000, 500],
          [1000, 1000],
          [20_000, 500],
        ] as const,
        ([ms]) => ms === 20_000,
      )) {
        await during(async (slow) => {
          slow.fault(call, { delay, does: 'at-once' });
          const pressed = await slow.issue(cutAfter);
          await isSafe(slow, pressed, `${call.path} takes ${delay} ms, cut after ${cutAfter}`);
          if (delay > cutAfter) assert.equal(pressed.showedPass, false);
        });
      }
    }
  });

  for (const fault of rowsOf(TEAMS_FAULTS, (one) => one === 'hang')) {
    it(`Teams does not take the update of the card (${fault}): the pass is ordered all the same, and no late update covers it`, async () => {
      for (const cutAfter of rowsOf([undefined, 500], (cut) => cut === undefined)) {
        await during(async (slow) => {
          const { faults } = slow.helpdesk.teams;
          faults.set(TESS.id, {
            kind: fault,
            on: 'replace',
            times: fault === 'hang' ? null : 1,
            retryAfterSeconds: 20,
          });
          const pressed = await slow.issue(cutAfter);
          if (cutAfter === undefined) {
            assert.equal(pressed.showedPass, true);
            assert.ok((pressed.answeredAfter ?? Infinity) <= 1000, `answered after ${pressed.answeredAfter} ms`);
          }
          await isSafe(slow, pressed, `${fault}, cut after ${cutAfter ?? 'nothing'}`);
          await slow.time.until(slow.time.wait(60_000));
          if (pressed.showedPass) assert.equal(slow.seesPass(), true);
        });
      }
    });
  }

  for (const fault of rowsOf(['throttled', 'hang'] as const, (one) => one === 'throttled')) {
    it(`an update that began before the press, and that Teams did not take (${fault}), never lands on the pass`, async () => {
      await during(async (slow) => {
        const { helpdesk, time } = slow;
        await time.until(helpdesk.says(ADA, 'lockdown on strange calls'));
        helpdesk.teams.faults.set(TESS.id, { kind: fault, on: 'replace', times: 1, retryAfterSeconds: 3 });
        // All open cases are drawn again. Teams asks to wait with the one of Tess, or says nothing.
        const said = helpdesk.says(ADA, 'lockdown off');
        await time.quiet();
        const pressed = await slow.issue();
        await time.until(time.wait(60_000));
        await time.until(said);
        assert.deepEqual([pressed.showedPass, slow.seesPass()], [true, true]);
        await time.until(helpdesk.presses(TESS, 'pass-read-out'));
        await slow.settle();
        assert.equal(slow.seesPass(), false, 'once it was read out, the card is updated again');
      });
    });
  }

  const restart = async ({ helpdesk, time }: SlowHelpdesk): Promise<void> => {
    await time.until(helpdesk.stopBot());
    await time.until(helpdesk.startBot());
  };

  it('an update that was still being drawn when the pass was shown is never sent', async () => {
    await during(async (slow) => {
      const { helpdesk, time } = slow;
      await time.until(helpdesk.says(ADA, 'lockdown on strange calls'));
      await restart(slow);
      slow.fault({ method: 'GET', path: `/v1.0/users/${TESS.id}` }, { delay: 6000 });
      const said = helpdesk.says(ADA, 'lockdown off');
      await time.quiet();
      const pressed = await slow.issue();
      await time.until(time.wait(60_000));
      await time.until(said);
      assert.deepEqual([pressed.showedPass, slow.seesPass()], [true, true]);
    });
  });

  it('after a restart, when no name is known, drawing the cards costs no more time', async () => {
    let more: readonly GraphCall[] = [];
    await during(async (slow) => {
      await restart(slow);
      slow.calls();
      assert.equal((await slow.issue()).showedPass, true);
      more = slow.calls().filter(({ path }) => !calls.some((call) => call.path === path));
    });
    assert.ok(more.length > 0, 'names are read');
    // A name and another call where only a sample runs.
    const aName = more.findIndex(({ path }) => NAME.test(path));
    for (const call of rowsOf(more, (_call, n) => n === aName || n === (aName === 0 ? 1 : 0))) {
      await during(async (slow) => {
        await restart(slow);
        slow.fault(call, { delay: 12_000 });
        const pressed = await slow.issue();
        await isSafe(slow, pressed, `after a restart, ${call.path}`);
        // A name is no fact: the card goes out without it.
        if (NAME.test(call.path)) assert.deepEqual([pressed.showedPass, pressed.answeredAfter], [true, 1000]);
      });
    }
  });
});
