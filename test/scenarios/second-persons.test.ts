import assert from 'node:assert/strict';
import { ABEL, ADA, LENA, openHelpdesk, TESS, TOM, type Helpdesk } from './helpdesk.ts';
import { GROUPS } from './environment.ts';
import { A_CALL, askApproval, buttonData, callBack, cards, decide, forge, headlines, sees, standsAt } from './steps.ts';
import { words, written } from './steps.ts';

describe('One person who tries to do it alone', () => {
  let helpdesk: Helpdesk;
  beforeEach(async () => {
    helpdesk = await openHelpdesk({ also: [TOM] });
    for (const member of [ADA, ABEL, TOM]) await helpdesk.says(member, 'help'); // their roles are known from here on
  });
  afterEach(() => helpdesk.close());

  it("a lone technician and an approver's account: no pass without a lead, and the leads are told", async () => {
    await callBack(helpdesk, ABEL, TESS);
    assert.equal(await standsAt(helpdesk), 'awaiting-approval');
    assert.equal(sees(helpdesk, TESS, 'issue-pass'), false, 'the technician alone gets no pass');
    assert.equal(sees(helpdesk, ABEL, 'decide-approval'), false, 'the caller decides nothing');
    assert.ok(
      headlines(helpdesk, ADA).some((headline) => /works at the helpdesk/.test(headline)),
      'the lead is told',
    );
    assert.ok(sees(helpdesk, ADA, 'decide-approval'), 'the lead is asked');
    assert.match(words(helpdesk.card(TESS)), /Still needed[^]*lead/i);
    await decide(helpdesk, ADA, 'approve', 'Abel stands next to me');
    await helpdesk.presses(TESS, 'issue-pass');
    assert.equal(helpdesk.passOrders(), 1);
  });

  it('a lead who is no approver decides about a helpdesk account, and an approver does not', async () => {
    const { control } = helpdesk.tenant;
    control.leaveGroup({ user: ADA.id, group: GROUPS.approvers });
    helpdesk.pass(2);
    await callBack(helpdesk, TOM, TESS);
    assert.equal(await standsAt(helpdesk), 'awaiting-approval');
    assert.equal(sees(helpdesk, ABEL, 'decide-approval'), false);
    const data = { ...buttonData(helpdesk, ADA, 'decide-approval'), decision: 'approve', reason: 'I know him' };
    await forge(helpdesk, ABEL, 'decide-approval', data);
    const refusals = await written(helpdesk, 'case.refused');
    assert.ok(refusals.some(({ detail }) => detail['because'] === 'lead-needed'));
    assert.equal(await standsAt(helpdesk), 'awaiting-approval');
    await decide(helpdesk, ADA, 'approve', 'Tom stands next to me');
    assert.ok(sees(helpdesk, TESS, 'issue-pass'));
  });

  it('a caller who joins the helpdesk while the case is ready needs a lead when Issue is pressed', async () => {
    await callBack(helpdesk);
    assert.ok(sees(helpdesk, TESS, 'issue-pass'));
    helpdesk.tenant.control.joinGroup({ user: LENA.id, group: GROUPS.technicians });
    await helpdesk.presses(TESS, 'issue-pass');
    assert.equal(helpdesk.passOrders(), 0);
    assert.equal(await standsAt(helpdesk), 'awaiting-approval');
    assert.ok(
      headlines(helpdesk, ADA).some((headline) => /works at the helpdesk/.test(headline)),
      'the lead is told',
    );
  });

  it('the next case after a denial: another technician and a callback still need a lead and somebody else', async () => {
    await askApproval(helpdesk);
    await decide(helpdesk, ABEL, 'deny', 'I do not know this face');
    helpdesk.pass(30);
    await callBack(helpdesk, LENA, TOM);
    assert.equal(await standsAt(helpdesk), 'awaiting-approval');
    const said = cards(helpdesk, TOM).filter((card) => /denied a pass for this person/.test(words(card)));
    assert.ok(said.length > 0, 'the card of the case says that there was a no');
    assert.match(words(helpdesk.card(ADA)), /denied a pass for this person/);

    await decide(helpdesk, ABEL, 'approve', 'Now I have seen the badge');
    assert.equal(await standsAt(helpdesk), 'awaiting-approval', 'one approver is not enough');
    assert.match(words(helpdesk.card(TOM)), /Still needed[^]*lead/i);
    assert.equal(sees(helpdesk, ABEL, 'decide-approval'), false, 'nobody counts twice');
    await decide(helpdesk, ADA, 'approve', 'I spoke with Lena');
    await helpdesk.presses(TOM, 'issue-pass');
    assert.equal(helpdesk.passOrders(), 1);
    assert.equal((await written(helpdesk, 'no.approval-denied')).length, 1);
  });

  it('going back from a pending approval and calling back does not make the approval unnecessary', async () => {
    await askApproval(helpdesk);
    await helpdesk.presses(TESS, 'go-back');
    await helpdesk.presses(TESS, 'choose-callback');
    helpdesk.pass(A_CALL);
    await helpdesk.presses(TESS, 'record-callback', {}, { with: { outcome: 'answered-by-caller' } });
    assert.equal(await standsAt(helpdesk), 'awaiting-approval');
    assert.equal(sees(helpdesk, TESS, 'issue-pass'), false);
  });
});

describe('A tenant without ID Protection', () => {
  it('whose permission was not granted: a second person decides, and then there is a pass', async () => {
    const revoke = ['IdentityRiskyUser.Read.All'] as const;
    const helpdesk = await openHelpdesk({ before: ({ control }) => control.permissions({ revoke: [...revoke] }) });
    try {
      await helpdesk.says(ABEL, 'help');
      await callBack(helpdesk);
      assert.equal(await standsAt(helpdesk), 'awaiting-approval');
      assert.match(words(helpdesk.card(ABEL)), /risk of this account is not known/);
      await decide(helpdesk, ABEL, 'approve');
      await helpdesk.presses(TESS, 'issue-pass');
      assert.equal(helpdesk.passOrders(), 1);
    } finally {
      await helpdesk.close();
    }
  });
});
