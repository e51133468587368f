// A "no" that comes late: the technician went back, chose another proof or has issued the pass meanwhile. It is a "no" all the same.
import assert from 'node:assert/strict';
import { ABEL, ADA, LENA, MARA, openHelpdesk, TESS, TOM, type Helpdesk } from './helpdesk.ts';
import { A_CALL, askApproval, buttonData, callBack, decide, forge, headlines, secondLook, sees } from './steps.ts';
import { standsAt, toProof, words, written } from './steps.ts';

describe('A "no" that comes late', () => {
  let helpdesk: Helpdesk;
  beforeEach(async () => {
    helpdesk = await openHelpdesk({ also: [TOM] });
    for (const member of [ADA, ABEL]) await helpdesk.says(member, 'help'); // their roles are known from here on
  });
  afterEach(() => helpdesk.close());

  const noes = async (kind: string) => (await written(helpdesk, `no.${kind}`)).length;
  const alarms = () => headlines(helpdesk, ADA).filter((headline) => /manager/i.test(headline)).length;
  const denial = () => ({
    ...buttonData(helpdesk, ABEL, 'decide-approval'),
    decision: 'deny',
    reason: 'I do not know this face',
  });
  const managersNo = () => ({ ...buttonData(helpdesk, MARA, 'manager-answer'), speaking: 'no' });
  const reasons = async () => (await written(helpdesk, 'case.refused')).map(({ detail }) => detail['because']);
  async function calledBackInstead(): Promise<void> {
    await helpdesk.presses(TESS, 'go-back');
    await helpdesk.presses(TESS, 'choose-callback');
    helpdesk.pass(A_CALL);
    await helpdesk.presses(TESS, 'record-callback', {}, { with: { outcome: 'answered-by-caller' } });
  }

  const voidPassIsOffTheScreen = (): void => {
    assert.match(helpdesk.card(TESS).headline, /being deleted|taken back|withdrawn/i);
  };

  it('from an approver ends the case, although the technician went back and asks again about another proof', async () => {
    await askApproval(helpdesk);
    const deny = denial();
    await calledBackInstead();
    assert.equal(await standsAt(helpdesk), 'awaiting-approval');
    await forge(helpdesk, ABEL, 'decide-approval', deny);
    assert.equal(await standsAt(helpdesk), 'closed');
    assert.equal(await noes('approval-denied'), 1);
    assert.match(words(helpdesk.card(TESS)), /denied/i);
    assert.equal(sees(helpdesk, ADA, 'decide-approval'), false, 'nobody is asked any more');

    helpdesk.pass(30);
    await callBack(helpdesk, LENA, TOM);
    assert.equal(await standsAt(helpdesk), 'awaiting-approval', 'it is remembered in the next case');
  });

  it('from an approver, after somebody else agreed, takes the pass back and ends the case', async () => {
    await askApproval(helpdesk);
    const deny = denial();
    await decide(helpdesk, ADA, 'approve');
    await helpdesk.presses(TESS, 'issue-pass');
    assert.equal(helpdesk.livePasses(), 1);
    await forge(helpdesk, ABEL, 'decide-approval', deny);
    assert.equal(helpdesk.livePasses(), 0);
    voidPassIsOffTheScreen();
    await secondLook(helpdesk);
    assert.equal(await standsAt(helpdesk), 'closed');
    assert.equal(await noes('approval-denied'), 1);
  });

  it('from an approver, after the technician closed the case and began again: the second pass takes a lead and another', async () => {
    await askApproval(helpdesk);
    const deny = denial();
    await helpdesk.presses(TESS, 'go-back');
    await helpdesk.presses(TESS, 'escalate', { because: 'technician-unsure' });
    await callBack(helpdesk);
    assert.equal(await standsAt(helpdesk), 'ready-to-issue');
    await forge(helpdesk, ABEL, 'decide-approval', deny);
    assert.equal(await noes('approval-denied'), 1);
    await helpdesk.presses(TESS, 'issue-pass');
    assert.equal(helpdesk.passOrders(), 0);
    assert.match(words(helpdesk.card(TESS)), /lead/i);
  });

  it('from an approver at the same moment as the yes of another counts, whoever was first', async () => {
    await askApproval(helpdesk);
    const yes = helpdesk.readyPress(ADA, 'decide-approval', { reason: 'yes' }, { with: { decision: 'approve' } });
    const no = helpdesk.readyPress(ABEL, 'decide-approval', { reason: 'no' }, { with: { decision: 'deny' } });
    await Promise.all([yes(), no()]);
    await helpdesk.bot().whenIdle();
    assert.equal(await standsAt(helpdesk), 'closed');
    assert.equal((await written(helpdesk, 'no.approval-denied')).length, 1);
    assert.equal(sees(helpdesk, TESS, 'issue-pass'), false);
    for (const approver of [ADA, ABEL]) assert.equal(sees(helpdesk, approver, 'decide-approval'), false, approver.name);
  });

  it('from an approver whom nobody asked in this case moves nothing', async () => {
    await callBack(helpdesk);
    await forge(helpdesk, ABEL, 'decide-approval', {
      ...{ case: 1, version: 1, subject: '0'.repeat(64) },
      ...{ decision: 'deny', reason: 'I do not like it' },
    });
    assert.equal(await standsAt(helpdesk), 'ready-to-issue');
    assert.equal(await noes('approval-denied'), 0);
  });

  it('from the manager, after the technician chose a callback instead: the leads hear of it, and one person no longer decides', async () => {
    await toProof(helpdesk);
    await helpdesk.presses(TESS, 'ask-manager');
    const no = managersNo();
    await calledBackInstead();
    assert.equal(await standsAt(helpdesk), 'ready-to-issue');
    await forge(helpdesk, MARA, 'manager-answer', no);
    assert.equal(await standsAt(helpdesk), 'awaiting-approval');
    assert.equal(await noes('manager-declined'), 1);
    assert.equal(alarms(), 1);
    assert.match(words(helpdesk.card(TESS)), /lead/i);

    await forge(helpdesk, MARA, 'manager-answer', no);
    assert.equal(await noes('manager-declined'), 1, 'pressed twice, it is one');
    assert.equal(alarms(), 1);
  });

  it('from the manager, with the pass out: it is taken back', async () => {
    await toProof(helpdesk);
    await helpdesk.presses(TESS, 'ask-manager');
    const no = managersNo();
    await calledBackInstead();
    await helpdesk.presses(TESS, 'issue-pass');
    assert.equal(helpdesk.livePasses(), 1);
    await forge(helpdesk, MARA, 'manager-answer', no);
    assert.equal(helpdesk.livePasses(), 0);
    voidPassIsOffTheScreen();
    assert.equal(alarms(), 1);
    await secondLook(helpdesk);
    assert.equal(await standsAt(helpdesk), 'choosing-proof');
  });

  it('from the manager counts after the ten minutes of their answer, before anybody looked at the clock', async () => {
    await toProof(helpdesk);
    await helpdesk.presses(TESS, 'ask-manager');
    const no = helpdesk.readyPress(MARA, 'manager-answer', {}, { with: { speaking: 'no' } });
    helpdesk.pass(11);
    await no();
    await helpdesk.bot().whenIdle();
    assert.deepEqual(await reasons(), []);
    assert.equal(await noes('manager-declined'), 1);
    assert.equal(alarms(), 1);
  });
});
