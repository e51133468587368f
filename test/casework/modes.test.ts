import assert from 'node:assert/strict';
import { openModes } from '../../src/casework/modes.ts';
import type { Instant, PersonId } from '../../src/procedure/facts.ts';
import { scratchFolder, type Bench } from './bench.ts';
import { ADA, MINUTE, TESS } from './town.ts';
import { entriesOf, freshBench, only, takeTo } from './ways.ts';

const callerNumber = (number: number): PersonId =>
  `a0000000-0000-4000-8000-0000000002${String(number).padStart(2, '0')}` as PersonId;

describe('The mode of the house', () => {
  let folder: ReturnType<typeof scratchFolder>;
  let desk: Bench;
  let count = 0;
  before(() => {
    folder = scratchFolder();
  });
  beforeEach(async () => {
    desk = await freshBench(folder.dir, `mode-${(count += 1)}`);
  });
  afterEach(() => desk.close());
  after(() => folder.clean());

  const recovered = (number: number, code = 'case.pass-created', minutesAgo = 0): Promise<void> => {
    const entry = {
      code,
      actor: 'hardline',
      about: callerNumber(number),
      caseId: null,
      intentId: null,
      detail: {},
    } as const;
    return desk.ledger().record([entry], (desk.town.now - minutesAgo * MINUTE) as Instant);
  };
  const modes = () => openModes(desk.ledger(), { now: () => desk.town.now, newId: () => 'id' }, 10);

  it('is raised by the tenth recovery of another caller within an hour, whatever way they went', async () => {
    for (let number = 1; number <= 5; number += 1) await recovered(number, 'case.pass-created', 59);
    for (let number = 6; number <= 9; number += 1) await recovered(number, 'case.self-service-succeeded');
    const house = await modes();
    assert.equal(await house.look(), false);
    await recovered(9);
    assert.equal(await house.look(), false, 'one caller twice is one caller');
    await recovered(10, 'case.pass-created', 61);
    assert.equal(await house.look(), false, 'an hour ago and more');
    await recovered(10);
    assert.equal(await house.look(), true);
    assert.deepEqual(
      { ...house.standing(), since: null, reason: '' },
      {
        ...{ mode: 'elevated', since: null, by: 'hardline', reason: '', spike: true },
      },
    );
    assert.equal(await house.look(), false, 'it is raised once');
    const [entry] = await entriesOf(desk, 'mode.elevated');
    assert.equal(entry?.actor, 'hardline');
  });

  it('survives a restart, spike and all', async () => {
    for (let number = 1; number <= 10; number += 1) await recovered(number);
    await desk.tick();
    await desk.settled();
    await desk.restart('crash');
    const { mode, spike, by } = desk.house().house.modes.standing();
    assert.deepEqual({ mode, spike, by }, { mode: 'elevated', spike: true, by: 'hardline' });
    await takeTo(desk, 'awaiting-approval');
  });

  it('is not raised again by recoveries that the lead has seen', async () => {
    for (let number = 1; number <= 10; number += 1) await recovered(number);
    await desk.tick();
    desk.passes(1);
    await desk.says(ADA, 'mode normal');
    const standing = () => desk.house().house.modes.standing();
    await desk.tick();
    assert.equal(standing().mode, 'normal');
    for (let number = 11; number <= 20; number += 1) await recovered(number);
    await desk.tick();
    assert.equal(standing().mode, 'elevated');
  });

  it('is never lowered by a spike: lockdown stays lockdown', async () => {
    await desk.says(ADA, 'lockdown on strange calls');
    for (let number = 1; number <= 12; number += 1) await recovered(number);
    await desk.tick();
    assert.equal(desk.house().house.modes.standing().mode, 'lockdown');
    assert.equal((await entriesOf(desk, 'mode.elevated')).length, 0);
  });

  it('can be changed by a lead only, and a lead who is one no more cannot', async () => {
    await desk.says(TESS, 'lockdown on strange calls');
    assert.equal(desk.house().house.modes.standing().mode, 'normal');
    await desk.says(ADA, 'lockdown on strange calls');
    desk.town.roles.get(ADA)?.delete('lead');
    await desk.says(ADA, 'mode normal');
    assert.equal(desk.house().house.modes.standing().mode, 'lockdown');
  });

  it('in lockdown a pass that was proven and ready is not issued', async () => {
    await takeTo(desk, 'ready-to-issue');
    await desk.says(ADA, 'lockdown on strange calls');
    await desk.settled();
    await desk.presses(TESS, 'issue-pass');
    await desk.settled();
    assert.deepEqual(
      desk.town.writes.filter(({ what }) => what === 'create'),
      [],
    );
    assert.deepEqual(await desk.ledger().openCases(), []);
  });

  it('elevated, a pass that was ready waits for a second person', async () => {
    await takeTo(desk, 'ready-to-issue');
    await desk.says(ADA, 'elevated on strange calls');
    await desk.settled();
    await desk.presses(TESS, 'issue-pass');
    await desk.settled();
    assert.equal((await only(desk)).case.state.kind, 'awaiting-approval');
    assert.deepEqual(
      desk.town.writes.filter(({ what }) => what === 'create'),
      [],
    );
  });
});
