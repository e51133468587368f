import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { openLedger } from '../../src/ledger/open.ts';
import type { Instant, PersonId } from '../../src/procedure/facts.ts';
import { ABEL, ADA, IVY, MARA, MINUTE, NOAH, openHelpdesk, SOFIA, TESS, TOM, type Helpdesk } from './helpdesk.ts';
import { GROUPS } from './environment.ts';
import {
  askApproval,
  callBack,
  decide,
  headlines,
  issueByCallback,
  standsAt,
  toProof,
  words,
  written,
} from './steps.ts';

describe('Lockdown and elevated mode', () => {
  let helpdesk: Helpdesk;
  beforeEach(async () => {
    helpdesk = await openHelpdesk({ also: [TOM, IVY, SOFIA] });
  });
  afterEach(() => helpdesk.close());

  it('a lead switches lockdown on with a reason and off again; both are written down', async () => {
    const on = await helpdesk.says(ADA, 'lockdown on callers with cloned voices');
    assert.match(words(on), /Lockdown is on[^]*Ada Moreau[^]*callers with cloned voices/);
    const [entry] = await written(helpdesk, 'mode.lockdown');
    assert.deepEqual([entry?.actor, entry?.detail['reason']], [ADA.id, 'callers with cloned voices']);
    const off = await helpdesk.says(ADA, 'lockdown off all clear');
    assert.match(off.headline, /Normal mode/);
    assert.equal((await written(helpdesk, 'mode.normal')).length, 1);
  });

  it('nobody else can: not a technician, an auditor, somebody from outside, or a lead who left the group a moment ago', async () => {
    await helpdesk.says(ADA, 'lockdown on test');
    helpdesk.tenant.control.leaveGroup({ user: ADA.id, group: GROUPS.leads });
    for (const who of [TESS, IVY, MARA, ADA]) await helpdesk.says(who, 'lockdown off please');
    assert.equal((await written(helpdesk, 'mode.normal')).length, 0);
    assert.match(words(await helpdesk.says(TESS, 'mode')), /Lockdown is on/);
  });

  it('is shown on every case card, old and new, and survives a restart', async () => {
    await toProof(helpdesk);
    await helpdesk.says(ADA, 'lockdown on strange calls');
    assert.match(words(helpdesk.card(TESS)), /Lockdown is on[^]*Ada Moreau/, 'the open card changed by itself');
    await helpdesk.stopBot();
    await helpdesk.startBot();
    assert.match(words(await helpdesk.says(TOM, 'Sofia Rossi is locked out')), /Lockdown is on/);
    assert.match(words(await helpdesk.says(TESS, 'case 1')), /Lockdown is on/);
    await helpdesk.says(ADA, 'lockdown off');
    assert.doesNotMatch(words(helpdesk.card(TOM)), /Lockdown/);
  });

  it('does not take a pass off the screen of a technician who is reading it out', async () => {
    await callBack(helpdesk);
    const pass = await helpdesk.presses(TESS, 'issue-pass');
    await helpdesk.says(ADA, 'lockdown on strange calls');
    assert.deepEqual(helpdesk.card(TESS), pass);
    await helpdesk.presses(TESS, 'pass-read-out');
    assert.match(words(helpdesk.card(TESS)), /Lockdown is on/, 'the next card tells of it');
  });

  it('lockdown while a case is ready: no pass is issued, and the technician reads why', async () => {
    await callBack(helpdesk);
    await helpdesk.says(ADA, 'lockdown on strange calls');
    await helpdesk.presses(TESS, 'issue-pass');
    assert.equal(helpdesk.passOrders(), 0);
    const closed = (await helpdesk.ledger()).find((entry) => entry.detail['to'] === 'closed');
    assert.deepEqual(closed?.detail['stops'], ['lockdown']);
    assert.match(words(helpdesk.card(TESS)), /lockdown/i);
  });

  it('lockdown leaves self-service open', async () => {
    await helpdesk.says(ADA, 'lockdown on strange calls');
    await helpdesk.says(TESS, 'Sofia Rossi is locked out');
    const refs =
      helpdesk
        .card(TESS)
        .inputs.find(({ id }) => id === 'atHand')
        ?.choices.map(({ value }) => value) ?? [];
    await helpdesk.presses(TESS, 'tick-methods', { atHand: refs.join(',') });
    assert.ok(headlines(helpdesk, SOFIA).includes('Reset your password yourself'));
  });

  it('elevated mode requires a second person after a callback as well, also when the case was ready before', async () => {
    await callBack(helpdesk);
    await helpdesk.says(ADA, 'elevated on many calls today');
    await helpdesk.presses(TESS, 'issue-pass');
    assert.equal(helpdesk.passOrders(), 0);
    assert.equal(await standsAt(helpdesk), 'awaiting-approval');
    await decide(helpdesk, ABEL, 'approve');
    await helpdesk.presses(TESS, 'issue-pass');
    assert.equal(helpdesk.passOrders(), 1);
  });

  it('an approval from before lockdown issues nothing', async () => {
    await askApproval(helpdesk);
    await decide(helpdesk, ADA, 'approve');
    await helpdesk.says(ADA, 'lockdown on strange calls');
    await helpdesk.presses(TESS, 'issue-pass');
    assert.equal(helpdesk.passOrders(), 0);
  });
});

describe('Ten recoveries within an hour', () => {
  let helpdesk: Helpdesk;
  beforeEach(async () => {
    helpdesk = await openHelpdesk({ also: [TOM, NOAH] });
    await helpdesk.says(ADA, 'help'); // a lead, known from here on
  });
  afterEach(() => helpdesk.close());

  const mode = async (): Promise<string> => (await helpdesk.says(TOM, 'mode')).headline;
  /** These people reset their password themselves. */
  const reset = async (...names: readonly string[]): Promise<void> => {
    for (const name of names) {
      await helpdesk.says(TESS, `${name}@fernhill.example is locked out`);
      const refs =
        helpdesk
          .card(TESS)
          .inputs.find(({ id }) => id === 'atHand')
          ?.choices.map(({ value }) => value) ?? [];
      await helpdesk.presses(TESS, 'tick-methods', { atHand: refs.join(',') });
    }
    helpdesk.pass(1);
    for (const name of names) {
      helpdesk.tenant.control.selfService({ user: `${name}@fernhill.example`, outcome: 'success' });
    }
    helpdesk.pass(1);
    await helpdesk.tick();
  };

  /** What an earlier run of the bot wrote about callers with these numbers, so many minutes ago. */
  const recoveredBefore = async (callers: readonly number[], minutesAgo: number): Promise<void> => {
    await helpdesk.stopBot();
    const now = helpdesk.now() as Instant;
    const ledger = await openLedger({
      file: join(helpdesk.dataFolder, 'hardline.sqlite'),
      now: () => now,
      newId: () => randomUUID(),
    });
    const entries = callers.map((number) => ({
      ...{ code: 'case.pass-created' as const, actor: 'hardline' as const, caseId: null, intentId: null },
      detail: { from: 'issuing', to: 'awaiting-backup-method' },
      about: `a2000000-0000-4000-8000-${String(number).padStart(12, '0')}` as PersonId,
    }));
    await ledger.record(entries, (now - minutesAgo * MINUTE) as Instant);
    await ledger.close();
    await helpdesk.startBot();
    await helpdesk.tick();
  };
  const people = (from: number, to: number): readonly number[] => Array.from({ length: to - from }, (_, n) => from + n);

  it('switch elevated mode on and alarm the leads; a self-service reset counts like a pass', async () => {
    await recoveredBefore(people(0, 7), 30);
    await issueByCallback(helpdesk, NOAH);
    await helpdesk.presses(TESS, 'abandon', { because: 'caller-hung-up' });
    await reset('sofia.rossi');
    assert.match(await mode(), /Normal/, 'nine are not ten');
    await reset('sean.obrien');
    assert.match(await mode(), /Elevated/);
    assert.match(words(helpdesk.card(ADA)), /Elevated mode is on[^]*more recoveries than usual/);
    const [raised] = await written(helpdesk, 'mode.elevated');
    assert.equal(raised?.actor, 'hardline');
    await helpdesk.says(TESS, 'alex.morgan2@fernhill.example is locked out');
    assert.match(words(helpdesk.card(TESS)), /Elevated mode is on[^]*more recoveries/);
  });

  it('do not count when they are spread over more than an hour, or when one caller comes again and again', async () => {
    await recoveredBefore(people(0, 6), 61);
    await recoveredBefore(people(6, 12), 10);
    await recoveredBefore(people(6, 12), 5);
    assert.match(await mode(), /Normal/);
    await recoveredBefore(people(12, 16), 1);
    assert.match(await mode(), /Elevated/);
  });

  it('are twelve where the helpdesk is large and says so', async () => {
    await helpdesk.close();
    helpdesk = await openHelpdesk({ also: [TOM], environment: { HARDLINE_SPIKE_CALLERS: '12' } });
    await recoveredBefore(people(0, 11), 10);
    assert.match(await mode(), /Normal/);
    await recoveredBefore(people(11, 12), 1);
    assert.match(await mode(), /Elevated/);
  });

  it('a lead who lowers the mode is not overruled by the same recoveries, only by ten new ones, also after a restart', async () => {
    await recoveredBefore(people(0, 11), 10);
    assert.match(await mode(), /Elevated/);
    await helpdesk.says(ADA, 'elevated off they are all from one training');
    await helpdesk.tick();
    assert.match(await mode(), /Normal/);
    helpdesk.pass(5);
    await recoveredBefore(people(0, 9), 1);
    assert.match(await mode(), /Normal/, 'nine new ones');
    await recoveredBefore(people(9, 10), 0);
    assert.match(await mode(), /Elevated/);
    assert.equal((await written(helpdesk, 'mode.elevated')).length, 2);
  });
});
