import assert from 'node:assert/strict';
import { LENA, openHelpdesk, TESS, type Helpdesk } from './helpdesk.ts';
import { A_CALL } from './steps.ts';

const CANARY = 'Xy7+pass!';
const POST_PASS = { method: 'POST', path: '/v1.0/users/*/authentication/temporaryAccessPassMethods' } as const;

async function readyToIssue(helpdesk: Helpdesk): Promise<void> {
  await helpdesk.says(TESS, 'Lena Hartmann is locked out');
  await helpdesk.presses(TESS, 'tick-methods', { atHand: '' });
  await helpdesk.presses(TESS, 'choose-callback');
  helpdesk.pass(A_CALL);
  await helpdesk.presses(TESS, 'record-callback', {}, { with: { outcome: 'answered-by-caller' } });
}

/** Lets minutes go by with a look at the end of each, as the watch does. */
async function watchFor(helpdesk: Helpdesk, minutes: number): Promise<void> {
  for (let minute = 0; minute < minutes; minute += 1) {
    helpdesk.pass(1);
    await helpdesk.tick();
  }
}

describe('Issuing a pass', () => {
  let helpdesk: Helpdesk;
  beforeEach(async () => {
    helpdesk = await openHelpdesk();
    await readyToIssue(helpdesk);
    helpdesk.tenant.control.nextPass(CANARY);
  });
  afterEach(() => helpdesk.close());

  it('a double click makes one pass, shown once', async () => {
    const press = helpdesk.readyPress(TESS, 'issue-pass');
    await Promise.all([press(), press(), press()]);
    await helpdesk.bot().whenIdle();
    assert.equal(helpdesk.passOrders(), 1);
    assert.equal(helpdesk.livePasses(), 1);
    assert.ok(JSON.stringify(helpdesk.card(TESS)).includes(CANARY.slice(0, 4)), 'and no second answer covers it');
  });

  it('nothing replaces the pass on the card while it is being read out', async () => {
    await helpdesk.presses(TESS, 'issue-pass');
    await helpdesk.bot().whenIdle();
    await helpdesk.tick();
    assert.ok(JSON.stringify(helpdesk.card(TESS)).includes(CANARY.slice(0, 4)));
  });

  it('an old card orders nothing: another click after the pass was read out shows where the case is', async () => {
    const again = helpdesk.readyPress(TESS, 'issue-pass');
    await helpdesk.presses(TESS, 'issue-pass');
    await helpdesk.presses(TESS, 'pass-read-out');
    await again();
    assert.equal(helpdesk.passOrders(), 1);
    assert.ok(!JSON.stringify(helpdesk.messages(TESS)).includes(CANARY), 'and does not show the pass a second time');
  });

  it('when the answer is lost, the bot looks for the pass and orders no second one; the unseen pass is deleted and the case goes on', async () => {
    helpdesk.tenant.control.fault({ kind: 'answer-lost', times: 1, ...POST_PASS });
    const card = await helpdesk.presses(TESS, 'issue-pass');
    assert.ok(!JSON.stringify(card).includes(CANARY));
    await watchFor(helpdesk, 3);
    assert.equal(helpdesk.passOrders(), 1, 'one order, never repeated');
    assert.equal(helpdesk.livePasses(), 0, 'no pass that nobody has seen');
    helpdesk.tenant.control.clearFaults();
    assert.ok(
      helpdesk.card(TESS).buttons.some((button) => button.verb === 'choose-callback'),
      helpdesk.card(TESS).headline,
    );
  });

  it('an order that never reached Graph counts as lost only after two checks a minute apart', async () => {
    helpdesk.tenant.control.fault({ kind: 'status', status: 504, times: 1, ...POST_PASS });
    await helpdesk.presses(TESS, 'issue-pass');
    const uncertain = (await helpdesk.ledger()).find((entry) => entry.code === 'case.pass-unanswered');
    assert.equal(uncertain?.detail['to'], 'uncertain-pass');
    await watchFor(helpdesk, 3);
    const settled = (await helpdesk.ledger()).find((entry) => entry.code === 'case.no-pass-found');
    assert.equal(settled?.detail['to'], 'choosing-proof');
    assert.equal(helpdesk.passOrders(), 1);
  });

  it('a refusal by Graph is shown, and nothing was created', async () => {
    helpdesk.tenant.control.fault({ kind: 'status', status: 400, code: 'badRequest', times: 1, ...POST_PASS });
    const card = await helpdesk.presses(TESS, 'issue-pass');
    assert.ok(card.headline !== '');
    assert.equal(helpdesk.livePasses(), 0);
    assert.equal(helpdesk.passOrders(), 1);
  });

  it('"This was not me" pressed while the pass is being made: it is deleted unseen and the case is frozen', async () => {
    helpdesk.tenant.control.fault({ kind: 'delay', ms: 400, does: 'at-once', times: 1, ...POST_PASS });
    const issue = helpdesk.readyPress(TESS, 'issue-pass')();
    const notMe = helpdesk.readyPress(LENA, 'not-me');
    while (helpdesk.passOrders() === 0) await new Promise((resolve) => setImmediate(resolve));
    await notMe();
    await issue;
    await helpdesk.bot().whenIdle();
    await helpdesk.tick();
    assert.equal(helpdesk.livePasses(), 0);
    assert.ok(!JSON.stringify(helpdesk.messages(TESS)).includes(CANARY), 'nobody saw it');
    const closed = (await helpdesk.ledger()).find((entry) => entry.detail['to'] === 'closed');
    assert.equal(closed?.detail['because'], 'caller-objected');

    const again = await helpdesk.says(TESS, 'Lena Hartmann is locked out');
    assert.equal(
      again.buttons.some((button) => button.verb === 'tick-methods'),
      false,
      'and no new pass for a day',
    );
  });

  it('a technician who left the team between two clicks issues nothing', async () => {
    helpdesk.tenant.control.leaveGroup({ user: TESS.id, group: 'b0000000-0000-4000-8000-000000000001' });
    await helpdesk.presses(TESS, 'issue-pass');
    assert.equal(helpdesk.passOrders(), 0);
  });

  it('a caller who became an administrator between two clicks gets nothing', async () => {
    helpdesk.tenant.control.giveRole({ user: LENA.id, role: 'Global Administrator' });
    await helpdesk.presses(TESS, 'issue-pass');
    assert.equal(helpdesk.passOrders(), 0);
    const closed = (await helpdesk.ledger()).find((entry) => entry.detail['to'] === 'closed');
    assert.deepEqual(closed?.detail['stops'], ['privileged-role']);
  });

  it('a callback older than ten minutes is no proof any more', async () => {
    helpdesk.pass(11);
    await helpdesk.presses(TESS, 'issue-pass');
    assert.equal(helpdesk.passOrders(), 0);
  });

  it('abandoning the case after the pass was issued deletes the pass', async () => {
    await helpdesk.presses(TESS, 'issue-pass');
    await helpdesk.presses(TESS, 'pass-read-out');
    assert.equal(helpdesk.livePasses(), 1);
    await helpdesk.presses(TESS, 'abandon', { because: 'caller-hung-up' });
    await helpdesk.tick();
    assert.equal(helpdesk.livePasses(), 0);
  });

  it('survives a restart after the pass was issued: the watch goes on, and the card is still updated in place', async () => {
    await helpdesk.presses(TESS, 'issue-pass');
    await helpdesk.presses(TESS, 'pass-read-out');
    await helpdesk.stopBot();
    await helpdesk.startBot();
    const { control } = helpdesk.tenant;
    control.signIn({ upn: LENA.userPrincipalName, pass: CANARY });
    control.registerMethod({ user: LENA.id, method: { kind: 'email', emailAddress: 'lena@home.example' } });
    control.registerMethod({ user: LENA.id, method: { kind: 'softwareOath' } });
    helpdesk.pass(1);
    await helpdesk.tick();
    const messages = helpdesk.messages(TESS).filter((message) => message.standing === 'edited');
    assert.ok(messages.length > 0, 'the card in the chat was edited after the restart');
    assert.ok((await helpdesk.ledger()).some((entry) => entry.code === 'case.methods-seen'));
  });
});
