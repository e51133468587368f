import assert from 'node:assert/strict';
import { scratchFolder, type Bench } from './bench.ts';
import { LENA, liveOf, MARA, STRANGER, TESS } from './town.ts';
import { entriesOf, freshBench, takeTo } from './ways.ts';

describe('"This was not me"', () => {
  let folder: ReturnType<typeof scratchFolder>;
  let desk: Bench;
  let count = 0;
  before(() => {
    folder = scratchFolder();
  });
  beforeEach(async () => {
    desk = await freshBench(folder.dir, `objection-${(count += 1)}`);
  });
  afterEach(async () => {
    assert.deepEqual(desk.violations, []);
    await desk.close();
  });
  after(() => folder.clean());

  const issues = async (): Promise<void> => {
    await takeTo(desk, 'ready-to-issue');
    await desk.presses(TESS, 'issue-pass');
    await desk.settled();
    assert.ok(liveOf(desk.town, LENA) !== null);
  };
  const objects = async (by = LENA, about = 1): Promise<void> => {
    await desk.sends(by, 'not-me', { case: about, v: 1 }, null);
    await desk.settled();
  };

  it('on the notice of an earlier case takes back the pass of the case that is open now', async () => {
    await takeTo(desk, 'ready-to-issue');
    await desk.presses(TESS, 'abandon');
    await desk.settled();
    await issues();
    await objects(LENA, 1);
    assert.equal(liveOf(desk.town, LENA), null);
    assert.deepEqual(await desk.ledger().openCases(), []);
    assert.equal((await entriesOf(desk, 'case.caller-objected')).length, 2);
  });

  it('pressed five times, by caller and manager, alarms once and ends sessions once', async () => {
    await issues();
    await Promise.all([LENA, MARA, LENA, MARA, LENA].map((by) => desk.sends(by, 'not-me', { case: 1, v: 1 }, null)));
    await desk.settled();
    assert.equal((await entriesOf(desk, 'alarm.leads.intent')).length, 1);
    assert.equal(desk.town.writes.filter(({ what }) => what === 'end-sessions').length, 1);
  });

  it('pressed by anybody else changes nothing, and is written down', async () => {
    await issues();
    for (const person of [STRANGER, TESS]) await objects(person);
    assert.ok(liveOf(desk.town, LENA) !== null);
    assert.equal((await entriesOf(desk, 'case.caller-objected')).length, 0);
    const said = await desk.ledger().entries({ caseId: null, limit: 50 });
    assert.ok(said.some(({ actor, code }) => actor === STRANGER && code.endsWith('.refused')));
  });

  it('works after a restart, on the card that was sent before it', async () => {
    await issues();
    await desk.restart('crash');
    await desk.presses(LENA, 'not-me');
    await desk.settled();
    assert.equal(liveOf(desk.town, LENA), null);
  });

  it('keeps every new pass away for a day, to the minute, also for another technician after a restart', async () => {
    await issues();
    await objects();
    await desk.restart('in-order');
    desk.passes(24 * 60 - 1);
    await desk.says(TESS, 'Lena Hartmann is locked out');
    await desk.settled();
    assert.deepEqual(await desk.ledger().openCases(), [], 'the case ends at once');
    desk.passes(2);
    await takeTo(desk, 'awaiting-approval');
  });

  it('deletes the pass as soon as Graph answers again', async () => {
    await issues();
    desk.town.deletion = 'not-known';
    await objects();
    assert.ok(liveOf(desk.town, LENA) !== null);
    desk.town.deletion = 'gone';
    await desk.tick();
    await desk.settled();
    assert.equal(liveOf(desk.town, LENA), null);
    assert.deepEqual(await desk.ledger().openCases(), []);
  });
});
