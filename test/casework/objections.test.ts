import assert from 'node:assert/strict';
import type { Harness } from './harness.ts';
import { LENA, liveOf, MARA, STRANGER, TESS } from './fixtures.ts';
import { entriesOf, harnessForEachTest, secondLook, takeTo } from './take-case-to.ts';

describe('"This was not me"', () => {
  const current = harnessForEachTest();
  let helpdesk: Harness;
  beforeEach(() => {
    helpdesk = current();
  });

  const issues = async (): Promise<void> => {
    await takeTo(helpdesk, 'ready-to-issue');
    await helpdesk.presses(TESS, 'issue-pass');
    await helpdesk.whenIdle();
    assert.ok(liveOf(helpdesk.fixtures, LENA) !== null);
  };
  const objects = async (by = LENA, about = 1): Promise<void> => {
    await helpdesk.sends(by, 'not-me', { case: about, v: 1 }, null);
    await helpdesk.whenIdle();
  };

  it('on the notice of an earlier case deletes the pass of the case that is open now', async () => {
    await takeTo(helpdesk, 'ready-to-issue');
    await helpdesk.presses(TESS, 'abandon');
    await helpdesk.whenIdle();
    await issues();
    await objects(LENA, 1);
    assert.equal(liveOf(helpdesk.fixtures, LENA), null);
    await secondLook(helpdesk);
    assert.deepEqual(await helpdesk.ledger().openCases(), []);
    assert.equal((await entriesOf(helpdesk, 'case.caller-objected')).length, 2);
  });

  it('pressed five times, by caller and manager, alarms once and ends sessions once', async () => {
    await issues();
    await Promise.all(
      [LENA, MARA, LENA, MARA, LENA].map((by) => helpdesk.sends(by, 'not-me', { case: 1, v: 1 }, null)),
    );
    await helpdesk.whenIdle();
    assert.equal((await entriesOf(helpdesk, 'alarm.leads.intent')).length, 1);
    assert.equal(helpdesk.fixtures.writes.filter(({ what }) => what === 'end-sessions').length, 1);
  });

  it('pressed by anybody else changes nothing, and is written down', async () => {
    await issues();
    for (const person of [STRANGER, TESS]) await objects(person);
    assert.ok(liveOf(helpdesk.fixtures, LENA) !== null);
    assert.equal((await entriesOf(helpdesk, 'case.caller-objected')).length, 0);
    const said = await helpdesk.ledger().entries({ caseId: null, limit: 50 });
    assert.ok(said.some(({ actor, code }) => actor === STRANGER && code.endsWith('.refused')));
  });

  it('works after a restart, on the card that was sent before it', async () => {
    await issues();
    await helpdesk.restart('crash');
    await helpdesk.presses(LENA, 'not-me');
    await helpdesk.whenIdle();
    assert.equal(liveOf(helpdesk.fixtures, LENA), null);
  });

  it('blocks every new pass for a day, to the minute, also for another technician after a restart', async () => {
    await issues();
    await objects();
    await helpdesk.restart('in-order');
    await secondLook(helpdesk);
    helpdesk.passes(24 * 60 - 2.1);
    await helpdesk.says(TESS, 'Lena Hartmann is locked out');
    await helpdesk.whenIdle();
    assert.deepEqual(await helpdesk.ledger().openCases(), [], 'the case ends at once');
    helpdesk.passes(2);
    await takeTo(helpdesk, 'awaiting-approval');
  });

  it('deletes the pass as soon as Graph answers again', async () => {
    await issues();
    helpdesk.fixtures.deletion = 'not-known';
    await objects();
    assert.ok(liveOf(helpdesk.fixtures, LENA) !== null);
    helpdesk.fixtures.deletion = 'gone';
    await helpdesk.tick();
    await helpdesk.whenIdle();
    assert.equal(liveOf(helpdesk.fixtures, LENA), null);
    await secondLook(helpdesk);
    assert.deepEqual(await helpdesk.ledger().openCases(), []);
  });
});
