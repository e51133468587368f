import assert from 'node:assert/strict';
import { ABEL, ADA, LENA, openHelpdesk, TESS, TOM, type Helpdesk } from './helpdesk.ts';
import { askApproval, callBack, cards, decide, headlines, sees, standsAt, words, written } from './steps.ts';

describe('One person who tries to do it alone', () => {
  let helpdesk: Helpdesk;
  beforeEach(async () => {
    helpdesk = await openHelpdesk();
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
