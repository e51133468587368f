import assert from 'node:assert/strict';
import type { PersonId } from '../../src/procedure/facts.ts';
import { ABEL, ADA, LENA, MARA, NAMES, TESS, TOM } from './fixtures.ts';
import type { Harness } from './harness.ts';
import { A_CALL, entriesOf, harnessForEachTest, only, takeTo } from './take-case-to.ts';

describe('A "no" about a caller', () => {
  const harness = harnessForEachTest();

  /** The next case about Lena, by callback, worked by whomever. */
  async function byCallback(technician: PersonId, caller: PersonId = LENA): Promise<string> {
    const helpdesk = harness();
    await helpdesk.says(technician, `${NAMES.get(caller) ?? ''} is locked out`);
    await helpdesk.whenIdle();
    const steps = [
      ['tick-methods', null],
      ['choose-callback', null],
      ['record-callback', 'answered-by-caller'],
    ] as const;
    for (const [verb, outcome] of steps) {
      if (verb === 'record-callback') helpdesk.passes(A_CALL);
      await helpdesk.presses(technician, verb, {}, ({ data }) => outcome === null || data['outcome'] === outcome);
      await helpdesk.whenIdle();
    }
    return (await only(helpdesk)).case.state.kind;
  }
  const decides = async (helpdesk: Harness, who: PersonId, decision: 'approve' | 'deny'): Promise<void> => {
    await helpdesk.presses(who, 'decide-approval', { reason: 'seen' }, ({ data }) => data['decision'] === decision);
    await helpdesk.whenIdle();
  };

  it('of an approver counts in the next case, whoever opens it: a lead and somebody else have to approve', async () => {
    const helpdesk = harness();
    await takeTo(helpdesk, 'awaiting-approval');
    await decides(helpdesk, ABEL, 'deny');
    assert.equal(await byCallback(TOM), 'awaiting-approval');
    await decides(helpdesk, ABEL, 'approve');
    assert.equal((await only(helpdesk)).case.state.kind, 'awaiting-approval', 'one is not enough');
    await decides(helpdesk, ADA, 'approve');
    assert.equal((await only(helpdesk)).case.state.kind, 'ready-to-issue');
  });

  it('of the manager counts at once, in the same case, and however the caller is verified then', async () => {
    const helpdesk = harness();
    await takeTo(helpdesk, 'awaiting-manager');
    await helpdesk.presses(MARA, 'manager-answer', {}, ({ data }) => data['speaking'] === 'no');
    await helpdesk.whenIdle();
    await helpdesk.presses(TESS, 'choose-callback');
    helpdesk.passes(A_CALL);
    await helpdesk.presses(TESS, 'record-callback', {}, ({ data }) => data['outcome'] === 'answered-by-caller');
    await helpdesk.whenIdle();
    assert.equal((await only(helpdesk)).case.state.kind, 'awaiting-approval');
  });

  it('of whoever answered the callback counts in the next case', async () => {
    const helpdesk = harness();
    await takeTo(helpdesk, 'awaiting-callback');
    await helpdesk.presses(TESS, 'record-callback', {}, ({ data }) => data['outcome'] === 'answered-by-someone-else');
    await helpdesk.whenIdle();
    assert.equal(await byCallback(TOM), 'awaiting-approval');
  });

  it('is over after twenty-four hours', async () => {
    const helpdesk = harness();
    await takeTo(helpdesk, 'awaiting-approval');
    await decides(helpdesk, ABEL, 'deny');
    helpdesk.passes(24 * 60 + 1);
    assert.equal(await byCallback(TESS), 'ready-to-issue');
  });

  it('still counts after the details of its entry were erased', async () => {
    const helpdesk = harness();
    await takeTo(helpdesk, 'awaiting-approval');
    await decides(helpdesk, ABEL, 'deny');
    await helpdesk.ledger().erase(LENA, helpdesk.fixtures.now);
    assert.equal(await byCallback(TOM), 'awaiting-approval');
  });
});

describe('One call is one contact', () => {
  const harness = harnessForEachTest();

  /** The contacts that the next case about Lena starts with. */
  async function contactsNow(technician: PersonId = TESS): Promise<number> {
    const helpdesk = harness();
    await helpdesk.says(technician, 'Lena Hartmann is locked out');
    await helpdesk.whenIdle();
    const { history } = (await only(helpdesk)).case.facts;
    assert.ok(history.kind === 'read');
    return history.value.contactsLastDay;
  }

  it('however often the reset was asked for in its case', async () => {
    const helpdesk = harness();
    await takeTo(helpdesk, 'asking-methods');
    for (let times = 0; times < 3; times += 1) await helpdesk.says(TESS, "reset Lena Hartmann's password");
    await helpdesk.presses(TESS, 'abandon');
    await helpdesk.whenIdle();
    assert.equal((await entriesOf(helpdesk, 'request.refused')).length, 3);
    assert.equal(await contactsNow(), 1);
  });

  it('and the request that led to the case belongs to the same call', async () => {
    const helpdesk = harness();
    await helpdesk.says(TESS, "reset Lena Hartmann's password");
    helpdesk.passes(1);
    assert.equal(await contactsNow(), 0);
  });

  it('a second technician who asks about an open case is one more', async () => {
    const helpdesk = harness();
    await takeTo(helpdesk, 'asking-methods');
    for (let times = 0; times < 2; times += 1) await helpdesk.says(TOM, "reset Lena Hartmann's password");
    await helpdesk.presses(TESS, 'abandon');
    await helpdesk.whenIdle();
    assert.equal(await contactsNow(), 2);
  });
});

describe('Two second persons who press at the same instant', () => {
  const harness = harnessForEachTest();

  /** The next case about Lena after a denial: a lead and somebody else have to approve. */
  async function askTwo(helpdesk: Harness): Promise<void> {
    await takeTo(helpdesk, 'awaiting-approval');
    await helpdesk.presses(ABEL, 'decide-approval', { reason: 'no' }, ({ data }) => data['decision'] === 'deny');
    await helpdesk.whenIdle();
    await takeTo(helpdesk, 'awaiting-approval');
  }
  const says = (helpdesk: Harness, who: PersonId, decision: 'approve' | 'deny') =>
    helpdesk.presses(who, 'decide-approval', { reason: 'seen' }, ({ data }) => data['decision'] === decision);

  it('are both counted: nobody has to press again', async () => {
    const helpdesk = harness();
    await askTwo(helpdesk);
    const answers = await Promise.all([says(helpdesk, ABEL, 'approve'), says(helpdesk, ADA, 'approve')]);
    await helpdesk.whenIdle();
    assert.equal((await only(helpdesk)).case.state.kind, 'ready-to-issue');
    assert.deepEqual(
      answers.map(({ kind }) => kind),
      ['show', 'show'],
    );
    const remarks = (await entriesOf(helpdesk, 'case.approval-decided')).map(({ detail }) => detail['remark']);
    assert.deepEqual(remarks, ['no', 'seen', 'seen'], 'each with its reason');
    assert.equal((await entriesOf(helpdesk, 'access.refused')).length, 0);
  });

  it('one yes and one no: the no is not lost, whichever comes first', async () => {
    const helpdesk = harness();
    await askTwo(helpdesk);
    await Promise.all([says(helpdesk, ABEL, 'approve'), says(helpdesk, ADA, 'deny')]);
    await helpdesk.whenIdle();
    assert.deepEqual(await helpdesk.ledger().openCases(), []);
  });

  it('for a pass that changed meanwhile, nobody counts: what their card showed is looked at again', async () => {
    const helpdesk = harness();
    await askTwo(helpdesk);
    const before = await only(helpdesk);
    helpdesk.auditLog.pause = async () => {
      helpdesk.auditLog.pause = () => Promise.resolve();
      await helpdesk.presses(TESS, 'go-back');
    };
    await says(helpdesk, ABEL, 'approve');
    await helpdesk.whenIdle();
    const { state } = (await only(helpdesk)).case;
    assert.equal(before.case.state.kind, 'awaiting-approval');
    assert.equal(state.kind, 'choosing-proof');
    assert.equal((await entriesOf(helpdesk, 'case.approval-decided')).length, 1, 'only the earlier no');
  });
});
