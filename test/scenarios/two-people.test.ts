import assert from 'node:assert/strict';
import { join } from 'node:path';
import { openLedger } from '../../src/ledger/open.ts';
import type { PersonId } from '../../src/procedure/facts.ts';
import { ABEL, ADA, GROUPS, LENA, MILO, openHelpdesk, TESS, type Helpdesk } from './helpdesk.ts';
import { askApproval, buttonData, cards, decide, forge, headlines, sees, standsAt, words, written } from './steps.ts';

const REASON = 'Badge seen through the window, Kestrel';

describe('Two people for a pass', () => {
  let desk: Helpdesk;
  beforeEach(async () => {
    desk = await openHelpdesk();
    for (const approver of [ADA, ABEL]) await desk.says(approver, 'help'); // their roles are known from here on
  });
  afterEach(() => desk.close());

  const refusedBecause = async (because: string): Promise<boolean> =>
    (await desk.ledger()).some((entry) => /refused$/.test(entry.code) && entry.detail['because'] === because);

  it('seen in person, approved with a reason, issued once: the technician presses nothing in between', async () => {
    await askApproval(desk);
    assert.match(desk.card(TESS).headline, /second person/i);
    assert.equal(sees(desk, TESS, 'issue-pass'), false);
    const request = words(desk.card(ABEL));
    assert.match(request, /Tess Lindqvist/);
    assert.match(request, /Seen in person/);
    assert.match(request, /not called back on a number on record/);

    await decide(desk, ADA, 'approve', REASON);
    assert.ok(sees(desk, TESS, 'issue-pass'), `her card moved on by itself: ${desk.card(TESS).headline}`);
    for (const approver of [ADA, ABEL]) {
      assert.match(words(desk.card(approver)), /Approved[^]*Ada Moreau[^]*\d{2}:\d{2}/, approver.name);
      assert.equal(sees(desk, approver, 'decide-approval'), false);
    }
    await desk.presses(TESS, 'issue-pass');
    assert.equal(desk.passOrders(), 1);
    assert.equal(desk.livePasses(), 1);
  });

  it('the request goes to approvers, and never to the technician, the caller or somebody who left the group', async () => {
    for (const both of [TESS, LENA]) {
      desk.tenant.control.joinGroup({ user: both.id, group: GROUPS.approvers });
    }
    desk.pass(2);
    for (const both of [TESS, LENA]) await desk.says(both, 'help');
    await desk.says(ABEL, 'help');
    desk.tenant.control.leaveGroup({ user: ABEL.id, group: GROUPS.approvers });
    await askApproval(desk);
    assert.equal(sees(desk, ADA, 'decide-approval'), true);
    for (const other of [TESS, LENA, ABEL]) assert.equal(sees(desk, other, 'decide-approval'), false, other.name);
    const [asked] = await written(desk, 'approval.ask.outcome');
    assert.equal(asked?.detail['outcome'], 'reached 1 of 1');

    const data = { ...buttonData(desk, ADA, 'decide-approval'), decision: 'approve', reason: 'fine' };
    await forge(desk, TESS, 'decide-approval', data);
    assert.ok(await refusedBecause('approver-is-the-requester'));
    await forge(desk, LENA, 'decide-approval', data);
    assert.ok(await refusedBecause('approver-is-the-caller'));
    await forge(desk, ABEL, 'decide-approval', data);
    assert.ok(await refusedBecause('not-an-approver'));
    assert.equal(await standsAt(desk), 'awaiting-approval', 'and nothing moved');
  });

  it('denied: the case is handed over, nothing can be issued, and both approvers read who said no', async () => {
    await askApproval(desk);
    await decide(desk, ABEL, 'deny', 'I do not know this face');
    const closed = (await desk.ledger()).find((entry) => entry.detail['to'] === 'closed');
    assert.equal(closed?.detail['because'], 'approval-denied');
    assert.equal(sees(desk, TESS, 'issue-pass'), false);
    for (const approver of [ADA, ABEL]) assert.match(words(desk.card(approver)), /Denied[^]*Abel Brandt/);
  });

  it('without a reason nothing is decided, and the approver can decide again', async () => {
    await askApproval(desk);
    const data = { ...buttonData(desk, ADA, 'decide-approval'), decision: 'approve' };
    for (const reason of ['', '   ']) await forge(desk, ADA, 'decide-approval', { ...data, reason });
    assert.ok(await refusedBecause('reason-missing'));
    assert.equal(await standsAt(desk), 'awaiting-approval');
    await decide(desk, ABEL, 'approve');
    assert.ok(sees(desk, TESS, 'issue-pass'));
  });

  it('nobody decides for fifteen minutes: the technician is told and goes on, and the requests say so', async () => {
    await askApproval(desk);
    const late = desk.readyPress(ADA, 'decide-approval', { reason: 'late' }, { with: { decision: 'approve' } });
    desk.pass(16);
    await desk.tick();
    assert.equal(await standsAt(desk), 'choosing-proof');
    assert.match(words(desk.card(TESS)), /decided in time/);
    for (const approver of [ADA, ABEL]) assert.match(desk.card(approver).headline, /Too late/);
    await late();
    await desk.bot().settled();
    assert.equal(await standsAt(desk), 'choosing-proof', 'a late yes is no yes');
    assert.equal(sees(desk, TESS, 'issue-pass'), false);
  });

  it('an approver who leaves the group between the card and the press decides nothing', async () => {
    await askApproval(desk);
    desk.tenant.control.leaveGroup({ user: ADA.id, group: GROUPS.approvers });
    const told = await decide(desk, ADA, 'approve');
    assert.match(words(told), /Only an approver/);
    assert.ok(await refusedBecause('not-an-approver'));
    assert.equal(await standsAt(desk), 'awaiting-approval');
  });

  it('two approvers press at the same moment: one decision, and both read whose it was', async () => {
    await askApproval(desk);
    const yes = desk.readyPress(ADA, 'decide-approval', { reason: 'yes' }, { with: { decision: 'approve' } });
    const no = desk.readyPress(ABEL, 'decide-approval', { reason: 'no' }, { with: { decision: 'deny' } });
    await Promise.all([yes(), no()]);
    await desk.bot().settled();
    const decisions = await written(desk, 'case.approval-decided');
    assert.equal(decisions.length, 1);
    const [winner] = decisions[0]?.actor === ADA.id ? [ADA] : [ABEL];
    for (const approver of [ADA, ABEL]) {
      assert.match(words(desk.card(approver)), new RegExp(`${winner.name}[^]*\\d{2}:\\d{2}`), approver.name);
      assert.equal(sees(desk, approver, 'decide-approval'), false, approver.name);
    }
  });

  it('an approver who answers after the other reads who decided, in the answer to their own click', async () => {
    await askApproval(desk);
    const late = buttonData(desk, ABEL, 'decide-approval');
    await decide(desk, ADA, 'approve');
    const told = await forge(desk, ABEL, 'decide-approval', { ...late, decision: 'deny', reason: 'no' });
    assert.match(words(told), /Approved[^]*Ada Moreau/);
    assert.equal((await written(desk, 'case.approval-decided')).length, 1);
  });

  /** Somebody at the portal makes a pass, and whoever holds it registers a method. */
  const registerAMethod = (): void => {
    const { control } = desk.tenant;
    control.nextPass('Other+pass7');
    control.passFromElsewhere({ user: LENA.id, by: ABEL.id });
    control.signIn({ upn: LENA.userPrincipalName, pass: 'Other+pass7' });
    control.registerMethod({ user: LENA.id, method: { kind: 'email', emailAddress: 'lena@elsewhere.example' } });
  };
  const changes: readonly (readonly [string, () => void])[] = [
    ['a new method was registered', registerAMethod],
    ['the risk rose', () => desk.tenant.control.setRisk({ user: LENA.id, level: 'medium' })],
  ];
  for (const [change, happens] of changes) {
    it(`an approval is void once ${change}: the approvers are asked again, and nothing is issued`, async () => {
      await askApproval(desk);
      await decide(desk, ADA, 'approve');
      happens();
      await desk.presses(TESS, 'issue-pass');
      assert.equal(desk.passOrders(), 0);
      assert.equal(await standsAt(desk), 'awaiting-approval');
      for (const approver of [ADA, ABEL]) assert.ok(sees(desk, approver, 'decide-approval'), approver.name);
      await desk.presses(TESS, 'go-back');
      for (const approver of [ADA, ABEL]) {
        assert.match(desk.card(approver).headline, /Not needed/, 'this request was answered by nobody');
        assert.ok(headlines(desk, approver).includes('Approved'), 'the first one was');
      }
    });
  }

  it('no approver can be reached: the technician is told at once whom to turn to, and can go back or hand over', async () => {
    for (const approver of [ADA, ABEL]) {
      desk.teams.faults.set(approver.id, { kind: 'blocked-by-user', on: 'any', times: null, retryAfterSeconds: 1 });
    }
    await askApproval(desk);
    assert.match(words(desk.card(TESS)), /No approver could be reached in Teams. Call one of them/);
    for (const verb of ['go-back', 'escalate']) assert.ok(sees(desk, TESS, verb), verb);
    desk.teams.faults.set(ADA.id, null);
    await desk.presses(TESS, 'go-back');
    await desk.presses(TESS, 'seen-in-person', { place: 'Reception' });
    assert.ok(sees(desk, ADA, 'decide-approval'), 'asked again');
    assert.doesNotMatch(words(desk.card(TESS)), /No approver could be reached/, 'what is over is not told any more');
  });

  it("an approver's button works after a restart, and every card of the request is closed", async () => {
    await askApproval(desk);
    await desk.stopBot();
    await desk.startBot();
    await decide(desk, ADA, 'approve');
    assert.ok(sees(desk, TESS, 'issue-pass'), desk.card(TESS).headline);
    for (const approver of [ADA, ABEL]) assert.equal(sees(desk, approver, 'decide-approval'), false, approver.name);
  });

  it('a request that arrives late, when another approver has decided, is closed as well', async () => {
    desk.teams.faults.set(ABEL.id, { kind: 'throttled', on: 'send', times: 1, retryAfterSeconds: 25 });
    await desk.says(TESS, 'Lena Hartmann is locked out');
    await desk.presses(TESS, 'tick-methods', { atHand: '' });
    await desk.readyPress(TESS, 'seen-in-person', { place: 'Reception' })();
    while (!sees(desk, ADA, 'decide-approval')) await new Promise((resolve) => setImmediate(resolve));
    assert.equal(sees(desk, ABEL, 'decide-approval'), false, 'still on its way');
    await decide(desk, ADA, 'approve');
    assert.ok(headlines(desk, ABEL).includes('Approved'), headlines(desk, ABEL).join(' | '));
    assert.equal(sees(desk, ABEL, 'decide-approval'), false);
  });

  it('medium risk wants a second person although the caller answered the callback', async () => {
    await desk.says(TESS, 'Milo Frank is locked out');
    await desk.presses(TESS, 'tick-methods', { atHand: '' });
    await desk.presses(TESS, 'choose-callback');
    await desk.presses(TESS, 'record-callback', {}, { with: { outcome: 'answered-by-caller' } });
    assert.match(words(desk.card(ADA)), /medium/);
    await decide(desk, ADA, 'approve');
    await desk.presses(TESS, 'issue-pass');
    assert.deepEqual([desk.passOrders(), desk.livePasses()], [1, 1]);
    assert.ok(cards(desk, MILO).some(({ headline }) => /Temporary Access Pass/.test(headline)));
  });

  it('the reason is in the ledger, is not in the chain, and is gone when the caller is erased', async () => {
    await askApproval(desk);
    await decide(desk, ADA, 'deny', REASON);
    const [decision] = await written(desk, 'case.approval-decided');
    assert.equal(decision?.detail['remark'], REASON);
    assert.equal(decision.actor, ADA.id);
    await desk.stopBot();
    assert.ok(desk.disk().includes('Kestrel'));
    const ledger = await openLedger({
      file: join(desk.dataFolder, 'hardline.sqlite'),
      now: () => desk.now() as ReturnType<Parameters<typeof openLedger>[0]['now']>,
      newId: () => crypto.randomUUID(),
    });
    await ledger.erase(LENA.id as PersonId, desk.now() as never);
    assert.equal((await ledger.verify()).ok, true, 'the chain never held it');
    await ledger.close();
    assert.equal(desk.disk().includes('Kestrel'), false);
    await desk.startBot();
  });
});
