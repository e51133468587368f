import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { openLedger } from '../../src/ledger/open.ts';
import type { Instant, PersonId } from '../../src/procedure/facts.ts';
import {
  ABEL,
  ADA,
  GROUPS,
  IVY,
  MARA,
  MINUTE,
  NOAH,
  openHelpdesk,
  SOFIA,
  TESS,
  TOM,
  type Helpdesk,
} from './helpdesk.ts';
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
  let desk: Helpdesk;
  beforeEach(async () => {
    desk = await openHelpdesk();
  });
  afterEach(() => desk.close());

  it('a lead switches lockdown on with a reason and off again; both are written down', async () => {
    const on = await desk.says(ADA, 'lockdown on callers with cloned voices');
    assert.match(words(on), /Lockdown is on[^]*Ada Moreau[^]*callers with cloned voices/);
    const [entry] = await written(desk, 'mode.lockdown');
    assert.deepEqual([entry?.actor, entry?.detail['reason']], [ADA.id, 'callers with cloned voices']);
    const off = await desk.says(ADA, 'lockdown off all clear');
    assert.match(off.headline, /Normal mode/);
    assert.equal((await written(desk, 'mode.normal')).length, 1);
  });

  it('nobody else can: not a technician, an auditor, somebody from outside, or a lead who left the group a moment ago', async () => {
    await desk.says(ADA, 'lockdown on test');
    desk.tenant.control.leaveGroup({ user: ADA.id, group: GROUPS.leads });
    for (const who of [TESS, IVY, MARA, ADA]) await desk.says(who, 'lockdown off please');
    assert.equal((await written(desk, 'mode.normal')).length, 0);
    assert.match(words(await desk.says(TESS, 'mode')), /Lockdown is on/);
  });

  it('stands on every case card, the ones that are open already and the ones that come, and survives a restart', async () => {
    await toProof(desk);
    await desk.says(ADA, 'lockdown on strange calls');
    assert.match(words(desk.card(TESS)), /Lockdown is on[^]*Ada Moreau/, 'the open card changed by itself');
    await desk.stopBot();
    await desk.startBot();
    assert.match(words(await desk.says(TOM, 'Sofia Rossi is locked out')), /Lockdown is on/);
    assert.match(words(await desk.says(TESS, 'case 1')), /Lockdown is on/);
    await desk.says(ADA, 'lockdown off');
    assert.doesNotMatch(words(desk.card(TOM)), /Lockdown/);
  });

  it('does not take a pass off the screen of a technician who is reading it out', async () => {
    await callBack(desk);
    const pass = await desk.presses(TESS, 'issue-pass');
    await desk.says(ADA, 'lockdown on strange calls');
    assert.deepEqual(desk.card(TESS), pass);
    await desk.presses(TESS, 'pass-read-out');
    assert.match(words(desk.card(TESS)), /Lockdown is on/, 'the next card tells of it');
  });

  it('lockdown while a case is ready: no pass is issued, and the technician reads why', async () => {
    await callBack(desk);
    await desk.says(ADA, 'lockdown on strange calls');
    await desk.presses(TESS, 'issue-pass');
    assert.equal(desk.passOrders(), 0);
    const closed = (await desk.ledger()).find((entry) => entry.detail['to'] === 'closed');
    assert.deepEqual(closed?.detail['stops'], ['lockdown']);
    assert.match(words(desk.card(TESS)), /lockdown/i);
  });

  it('lockdown leaves self-service open', async () => {
    await desk.says(ADA, 'lockdown on strange calls');
    await desk.says(TESS, 'Sofia Rossi is locked out');
    const refs =
      desk
        .card(TESS)
        .inputs.find(({ id }) => id === 'atHand')
        ?.choices.map(({ value }) => value) ?? [];
    await desk.presses(TESS, 'tick-methods', { atHand: refs.join(',') });
    assert.ok(headlines(desk, SOFIA).includes('Reset your password yourself'));
  });

  it('elevated wants a second person for a callback, too, also where the case was ready before', async () => {
    await callBack(desk);
    await desk.says(ADA, 'elevated on many calls today');
    await desk.presses(TESS, 'issue-pass');
    assert.equal(desk.passOrders(), 0);
    assert.equal(await standsAt(desk), 'awaiting-approval');
    await decide(desk, ABEL, 'approve');
    await desk.presses(TESS, 'issue-pass');
    assert.equal(desk.passOrders(), 1);
  });

  it('an approval from before lockdown issues nothing', async () => {
    await askApproval(desk);
    await decide(desk, ADA, 'approve');
    await desk.says(ADA, 'lockdown on strange calls');
    await desk.presses(TESS, 'issue-pass');
    assert.equal(desk.passOrders(), 0);
  });
});

describe('Ten recoveries within an hour', () => {
  let desk: Helpdesk;
  beforeEach(async () => {
    desk = await openHelpdesk();
    await desk.says(ADA, 'help'); // a lead, known from here on
  });
  afterEach(() => desk.close());

  const mode = async (): Promise<string> => (await desk.says(TOM, 'mode')).headline;
  /** These people reset their password themselves. */
  const reset = async (...names: readonly string[]): Promise<void> => {
    for (const name of names) {
      await desk.says(TESS, `${name}@fernhill.example is locked out`);
      const refs =
        desk
          .card(TESS)
          .inputs.find(({ id }) => id === 'atHand')
          ?.choices.map(({ value }) => value) ?? [];
      await desk.presses(TESS, 'tick-methods', { atHand: refs.join(',') });
    }
    desk.pass(1);
    for (const name of names) {
      desk.tenant.control.selfService({ user: `${name}@fernhill.example`, outcome: 'success' });
    }
    desk.pass(1);
    await desk.tick();
  };

  /** What an earlier run of the bot wrote about callers with these numbers, so many minutes ago. */
  const recoveredBefore = async (callers: readonly number[], minutesAgo: number): Promise<void> => {
    await desk.stopBot();
    const now = desk.now() as Instant;
    const ledger = await openLedger({
      file: join(desk.dataFolder, 'hardline.sqlite'),
      now: () => now,
      newId: () => randomUUID(),
    });
    const entries = callers.map((number) => ({
      ...{ code: 'case.pass-created', actor: 'hardline' as const, caseId: null, intentId: null, detail: {} },
      about: `a2000000-0000-4000-8000-${String(number).padStart(12, '0')}` as PersonId,
    }));
    await ledger.record(entries, (now - minutesAgo * MINUTE) as Instant);
    await ledger.close();
    await desk.startBot();
    await desk.tick();
  };
  const people = (from: number, to: number): readonly number[] => Array.from({ length: to - from }, (_, n) => from + n);

  it('turn elevated mode on by themselves and alarm the leads; a reset by themselves counts like a pass', async () => {
    await recoveredBefore(people(0, 7), 30);
    await issueByCallback(desk, NOAH);
    await desk.presses(TESS, 'abandon', { because: 'caller-hung-up' });
    await reset('sofia.rossi');
    assert.match(await mode(), /Normal/, 'nine are not ten');
    await reset('sean.obrien');
    assert.match(await mode(), /Elevated/);
    assert.match(words(desk.card(ADA)), /Elevated mode is on[^]*more recoveries than usual/);
    const [raised] = await written(desk, 'mode.elevated');
    assert.equal(raised?.actor, 'hardline');
    await desk.says(TESS, 'alex.morgan2@fernhill.example is locked out');
    assert.match(words(desk.card(TESS)), /Elevated mode is on[^]*more recoveries/);
  });

  it('do not count when they are spread over more than an hour, or when one caller comes again and again', async () => {
    await recoveredBefore(people(0, 6), 61);
    await recoveredBefore(people(6, 12), 10);
    await recoveredBefore(people(6, 12), 5);
    assert.match(await mode(), /Normal/);
    await recoveredBefore(people(12, 16), 1);
    assert.match(await mode(), /Elevated/);
  });

  it('a lead who lowers it is not overruled by the same recoveries, but by ten new ones, also after a restart', async () => {
    await recoveredBefore(people(0, 11), 10);
    assert.match(await mode(), /Elevated/);
    await desk.says(ADA, 'elevated off they are all from one training');
    await desk.tick();
    assert.match(await mode(), /Normal/);
    desk.pass(5);
    await recoveredBefore(people(0, 9), 1);
    assert.match(await mode(), /Normal/, 'nine new ones');
    await recoveredBefore(people(9, 10), 0);
    assert.match(await mode(), /Elevated/);
    assert.equal((await written(desk, 'mode.elevated')).length, 2);
  });
});
