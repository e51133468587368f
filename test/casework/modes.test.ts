import assert from 'node:assert/strict';
import { openModes } from '../../src/casework/background/modes.ts';
import type { LedgerCode } from '../../src/casework/ports/ledger-codes.ts';
import type { Instant, PersonId } from '../../src/procedure/facts.ts';
import type { Harness } from './harness.ts';
import { ADA, MINUTE, TESS } from './fixtures.ts';
import { entriesOf, harnessForEachTest, only, takeTo } from './take-case-to.ts';

const callerNumber = (number: number): PersonId =>
  `a0000000-0000-4000-8000-0000000002${String(number).padStart(2, '0')}` as PersonId;

/** Where a case was and is: every step says it. */
const STEP = { from: 'issuing', to: 'awaiting-backup-method' } as const;

describe('The mode of the helpdesk', () => {
  const current = harnessForEachTest();
  let helpdesk: Harness;
  beforeEach(() => {
    helpdesk = current();
  });

  const recovered = (number: number, code: LedgerCode = 'case.pass-created', minutesAgo = 0): Promise<void> => {
    const entry = {
      code,
      actor: 'hardline',
      about: callerNumber(number),
      caseId: null,
      intentId: null,
      detail: code === 'case.pass-created' ? STEP : { ...STEP, step: 'succeeded', reason: null },
    } as const;
    return helpdesk.ledger().record([entry], (helpdesk.fixtures.now - minutesAgo * MINUTE) as Instant);
  };
  const modes = () => openModes(helpdesk.ledger(), { now: () => helpdesk.fixtures.now, newId: () => 'id' }, 10);

  it('is raised by the tenth recovery of a different caller within an hour, however it was done', async () => {
    for (let number = 1; number <= 5; number += 1) await recovered(number, 'case.pass-created', 59);
    for (let number = 6; number <= 9; number += 1) await recovered(number, 'case.self-service-succeeded');
    const services = await modes();
    assert.equal(await services.look(), false);
    await recovered(9);
    assert.equal(await services.look(), false, 'one caller twice is one caller');
    await recovered(10, 'case.pass-created', 61);
    assert.equal(await services.look(), false, 'an hour ago and more');
    await recovered(10);
    assert.equal(await services.look(), true);
    assert.deepEqual(
      { ...services.current(), since: null, reason: '' },
      {
        ...{ mode: 'elevated', since: null, by: 'hardline', reason: '', spike: true },
      },
    );
    assert.equal(await services.look(), false, 'it is raised once');
    const [entry] = await entriesOf(helpdesk, 'mode.elevated');
    assert.equal(entry?.actor, 'hardline');
  });

  it('survives a restart, spike and all', async () => {
    for (let number = 1; number <= 10; number += 1) await recovered(number);
    await helpdesk.tick();
    await helpdesk.whenIdle();
    await helpdesk.restart('crash');
    const { mode, spike, by } = helpdesk.built().services.modes.current();
    assert.deepEqual({ mode, spike, by }, { mode: 'elevated', spike: true, by: 'hardline' });
    await takeTo(helpdesk, 'awaiting-approval');
  });

  it('is not raised again by recoveries that the lead has seen', async () => {
    for (let number = 1; number <= 10; number += 1) await recovered(number);
    await helpdesk.tick();
    helpdesk.passes(1);
    await helpdesk.says(ADA, 'mode normal');
    const status = () => helpdesk.built().services.modes.current();
    await helpdesk.tick();
    assert.equal(status().mode, 'normal');
    for (let number = 11; number <= 20; number += 1) await recovered(number);
    await helpdesk.tick();
    assert.equal(status().mode, 'elevated');
  });

  it('is never lowered by a spike: lockdown stays lockdown', async () => {
    await helpdesk.says(ADA, 'lockdown on strange calls');
    for (let number = 1; number <= 12; number += 1) await recovered(number);
    await helpdesk.tick();
    assert.equal(helpdesk.built().services.modes.current().mode, 'lockdown');
    assert.equal((await entriesOf(helpdesk, 'mode.elevated')).length, 0);
  });

  it('can be changed by a lead only, and not by a former lead', async () => {
    await helpdesk.says(TESS, 'lockdown on strange calls');
    assert.equal(helpdesk.built().services.modes.current().mode, 'normal');
    await helpdesk.says(ADA, 'lockdown on strange calls');
    helpdesk.fixtures.roles.get(ADA)?.delete('lead');
    await helpdesk.says(ADA, 'mode normal');
    assert.equal(helpdesk.built().services.modes.current().mode, 'lockdown');
  });

  it('in lockdown a pass that was ready is not issued', async () => {
    await takeTo(helpdesk, 'ready-to-issue');
    await helpdesk.says(ADA, 'lockdown on strange calls');
    await helpdesk.whenIdle();
    await helpdesk.presses(TESS, 'issue-pass');
    await helpdesk.whenIdle();
    assert.deepEqual(
      helpdesk.fixtures.writes.filter(({ what }) => what === 'create'),
      [],
    );
    assert.deepEqual(await helpdesk.ledger().openCases(), []);
  });

  it('in elevated mode a pass that was ready waits for a second person', async () => {
    await takeTo(helpdesk, 'ready-to-issue');
    await helpdesk.says(ADA, 'elevated on strange calls');
    await helpdesk.whenIdle();
    await helpdesk.presses(TESS, 'issue-pass');
    await helpdesk.whenIdle();
    assert.equal((await only(helpdesk)).case.state.kind, 'awaiting-approval');
    assert.deepEqual(
      helpdesk.fixtures.writes.filter(({ what }) => what === 'create'),
      [],
    );
  });
});
