import assert from 'node:assert/strict';
import { join } from 'node:path';
import type { Member } from '../../demo/teams/members.ts';
import { openLedger } from '../../src/ledger/open.ts';
import type { PersonId } from '../../src/procedure/facts.ts';
import { GROUPS } from './environment.ts';
import { ABEL, ADA, LENA, MILO, openHelpdesk, TESS, type Helpdesk } from './helpdesk.ts';
import {
  A_CALL,
  askApproval,
  buttonData,
  cards,
  decide,
  forge,
  headlines,
  sees,
  standsAt,
  words,
  written,
} from './steps.ts';

const REASON = 'Badge seen through the window, Kestrel';

describe('Two people for a pass', () => {
  let helpdesk: Helpdesk;
  beforeEach(async () => {
    helpdesk = await openHelpdesk({ also: [MILO] });
    for (const approver of [ADA, ABEL]) await helpdesk.says(approver, 'help'); // their roles are known from here on
  });
  afterEach(() => helpdesk.close());

  const refusedBecause = async (because: string): Promise<boolean> =>
    (await helpdesk.ledger()).some((entry) => /refused$/.test(entry.code) && entry.detail['because'] === because);

  it('seen in person, approved with a reason, issued once: the technician clicks nothing in between', async () => {
    await askApproval(helpdesk);
    assert.match(helpdesk.card(TESS).headline, /second person/i);
    assert.equal(sees(helpdesk, TESS, 'issue-pass'), false);
    const request = words(helpdesk.card(ABEL));
    assert.match(request, /Tess Lindqvist/);
    assert.match(request, /Seen in person/);
    assert.match(request, /not called back on a number on record/);

    await decide(helpdesk, ADA, 'approve', REASON);
    assert.ok(sees(helpdesk, TESS, 'issue-pass'), `her card moved on by itself: ${helpdesk.card(TESS).headline}`);
    for (const approver of [ADA, ABEL]) {
      assert.match(words(helpdesk.card(approver)), /Approved[^]*Ada Moreau[^]*\d{2}:\d{2}/, approver.name);
      assert.equal(sees(helpdesk, approver, 'decide-approval'), false);
    }
    await helpdesk.presses(TESS, 'issue-pass');
    assert.equal(helpdesk.passOrders(), 1);
    assert.equal(helpdesk.livePasses(), 1);
  });

  it('the request goes to approvers, and never to the technician, the caller or somebody who left the group', async () => {
    for (const both of [TESS, LENA]) {
      helpdesk.tenant.control.joinGroup({ user: both.id, group: GROUPS.approvers });
    }
    helpdesk.pass(2);
    for (const both of [TESS, LENA]) await helpdesk.says(both, 'help');
    await helpdesk.says(ABEL, 'help');
    helpdesk.tenant.control.leaveGroup({ user: ABEL.id, group: GROUPS.approvers });
    await askApproval(helpdesk);
    assert.equal(sees(helpdesk, ADA, 'decide-approval'), true);
    for (const other of [TESS, LENA, ABEL]) assert.equal(sees(helpdesk, other, 'decide-approval'), false, other.name);
    const [asked] = await written(helpdesk, 'approval.ask.outcome');
    assert.equal(asked?.detail['outcome'], 'reached 1 of 1');

    const data = { ...buttonData(helpdesk, ADA, 'decide-approval'), decision: 'approve', reason: 'fine' };
    await forge(helpdesk, TESS, 'decide-approval', data);
    assert.ok(await refusedBecause('approver-is-the-requester'));
    await forge(helpdesk, LENA, 'decide-approval', data);
    assert.ok(await refusedBecause('approver-is-the-caller'));
    await forge(helpdesk, ABEL, 'decide-approval', data);
    assert.ok(await refusedBecause('not-an-approver'));
    assert.equal(await standsAt(helpdesk), 'awaiting-approval', 'and nothing moved');
  });

  it('denied: the case is handed over, nothing can be issued, and both approvers read who said no', async () => {
    await askApproval(helpdesk);
    await decide(helpdesk, ABEL, 'deny', 'I do not know this face');
    const closed = (await helpdesk.ledger()).find((entry) => entry.detail['to'] === 'closed');
    assert.equal(closed?.detail['because'], 'approval-denied');
    assert.equal(sees(helpdesk, TESS, 'issue-pass'), false);
    for (const approver of [ADA, ABEL]) assert.match(words(helpdesk.card(approver)), /Denied[^]*Abel Brandt/);
  });

  it('without a reason nothing is decided, and the approver can decide again', async () => {
    await askApproval(helpdesk);
    const data = { ...buttonData(helpdesk, ADA, 'decide-approval'), decision: 'approve' };
    for (const reason of ['', '   ']) await forge(helpdesk, ADA, 'decide-approval', { ...data, reason });
    assert.ok(await refusedBecause('reason-missing'));
    assert.equal(await standsAt(helpdesk), 'awaiting-approval');
    await decide(helpdesk, ABEL, 'approve');
    assert.ok(sees(helpdesk, TESS, 'issue-pass'));
  });

  it('nobody decides for fifteen minutes: the technician is told and goes on, and the requests say so', async () => {
    await askApproval(helpdesk);
    const late = helpdesk.readyPress(ADA, 'decide-approval', { reason: 'late' }, { with: { decision: 'approve' } });
    helpdesk.pass(16);
    await helpdesk.tick();
    assert.equal(await standsAt(helpdesk), 'choosing-proof');
    assert.match(words(helpdesk.card(TESS)), /decided in time/);
    for (const approver of [ADA, ABEL]) assert.match(helpdesk.card(approver).headline, /Too late/);
    await late();
    await helpdesk.bot().whenIdle();
    assert.equal(await standsAt(helpdesk), 'choosing-proof', 'a late yes is no yes');
    assert.equal(sees(helpdesk, TESS, 'issue-pass'), false);
  });

  for (const [who, because] of [
    [ABEL, 'not-an-approver'],
    [ADA, 'approver-needed'], // she is still a lead
  ] as const) {
    it(`an approver who leaves the group before clicking decides nothing: ${because}`, async () => {
      await askApproval(helpdesk);
      helpdesk.tenant.control.leaveGroup({ user: who.id, group: GROUPS.approvers });
      const answer = await decide(helpdesk, who, 'approve');
      assert.match(words(answer), /Only an approver/);
      assert.ok(await refusedBecause(because));
      assert.equal(await standsAt(helpdesk), 'awaiting-approval');
    });
  }

  it('two approvers agree at the same moment: one decision, and both read whose it was', async () => {
    await askApproval(helpdesk);
    const press = (who: Member) =>
      helpdesk.readyPress(who, 'decide-approval', { reason: 'seen' }, { with: { decision: 'approve' } });
    const [one, other] = [press(ADA), press(ABEL)];
    await Promise.all([one(), other()]);
    await helpdesk.bot().whenIdle();
    const decisions = await written(helpdesk, 'case.approval-decided');
    assert.equal(decisions.length, 1);
    const [winner] = decisions[0]?.actor === ADA.id ? [ADA] : [ABEL];
    for (const approver of [ADA, ABEL]) {
      assert.match(words(helpdesk.card(approver)), new RegExp(`${winner.name}[^]*\\d{2}:\\d{2}`), approver.name);
      assert.equal(sees(helpdesk, approver, 'decide-approval'), false, approver.name);
    }
  });

  it('an approver who answers after the other reads who decided, in the answer to their own click', async () => {
    await askApproval(helpdesk);
    const late = buttonData(helpdesk, ABEL, 'decide-approval');
    await decide(helpdesk, ADA, 'approve');
    const answer = await forge(helpdesk, ABEL, 'decide-approval', { ...late, decision: 'approve', reason: 'yes' });
    assert.match(words(answer), /Approved[^]*Ada Moreau/);
    assert.equal((await written(helpdesk, 'case.approval-decided')).length, 1);
  });

  /** Somebody at the portal makes a pass, and whoever holds it registers a method. */
  const registerAMethod = (): void => {
    const { control } = helpdesk.tenant;
    control.nextPass('Other+pass7');
    control.passFromElsewhere({ user: LENA.id, by: ABEL.id, oneTime: true }); // used up by the sign-in
    control.signIn({ upn: LENA.userPrincipalName, pass: 'Other+pass7' });
    control.registerMethod({ user: LENA.id, method: { kind: 'email', emailAddress: 'lena@elsewhere.example' } });
  };
  const changes: readonly (readonly [string, () => void])[] = [
    ['a new method was registered', registerAMethod],
    ['the risk rose', () => helpdesk.tenant.control.setRisk({ user: LENA.id, level: 'medium' })],
  ];
  for (const [change, happens] of changes) {
    it(`an approval is void once ${change}: the approvers are asked again, and nothing is issued`, async () => {
      await askApproval(helpdesk);
      await decide(helpdesk, ADA, 'approve');
      happens();
      await helpdesk.presses(TESS, 'issue-pass');
      assert.equal(helpdesk.passOrders(), 0);
      assert.equal(await standsAt(helpdesk), 'awaiting-approval');
      for (const approver of [ADA, ABEL]) assert.ok(sees(helpdesk, approver, 'decide-approval'), approver.name);
      await helpdesk.presses(TESS, 'go-back');
      for (const approver of [ADA, ABEL]) {
        assert.match(helpdesk.card(approver).headline, /No longer needed/, 'this request was answered by nobody');
        assert.ok(headlines(helpdesk, approver).includes('Approved'), 'the first one was');
      }
    });
  }

  it('no approver can be reached: the technician reads at once whom to turn to, and can go back or hand over', async () => {
    for (const approver of [ADA, ABEL]) {
      helpdesk.teams.faults.set(approver.id, { kind: 'blocked-by-user', on: 'any', times: null, retryAfterSeconds: 1 });
    }
    await askApproval(helpdesk);
    assert.match(
      words(helpdesk.card(TESS)),
      /No approver was reached\. Call (Ada Moreau|Abel Brandt), \+49 30 5550100[34] now/,
    );
    for (const verb of ['go-back', 'escalate']) assert.ok(sees(helpdesk, TESS, verb), verb);
    helpdesk.teams.faults.set(ADA.id, null);
    await helpdesk.presses(TESS, 'go-back');
    await helpdesk.presses(TESS, 'seen-in-person', { place: 'Reception' });
    assert.ok(sees(helpdesk, ADA, 'decide-approval'), 'asked again');
    assert.doesNotMatch(words(helpdesk.card(TESS)), /No approver was reached/, 'what is over is not told any more');
  });

  it("an approver's button works after a restart, and every card of the request is closed", async () => {
    await askApproval(helpdesk);
    await helpdesk.stopBot();
    await helpdesk.startBot();
    await decide(helpdesk, ADA, 'approve');
    assert.ok(sees(helpdesk, TESS, 'issue-pass'), helpdesk.card(TESS).headline);
    for (const approver of [ADA, ABEL]) assert.equal(sees(helpdesk, approver, 'decide-approval'), false, approver.name);
  });

  it('a request that arrives late, when another approver has decided, is closed as well', async () => {
    helpdesk.teams.faults.set(ABEL.id, { kind: 'throttled', on: 'send', times: 1, retryAfterSeconds: 25 });
    await helpdesk.says(TESS, 'Lena Hartmann is locked out');
    await helpdesk.presses(TESS, 'tick-methods', { atHand: '' });
    await helpdesk.readyPress(TESS, 'seen-in-person', { place: 'Reception' })();
    while (!sees(helpdesk, ADA, 'decide-approval')) await new Promise((resolve) => setImmediate(resolve));
    assert.equal(sees(helpdesk, ABEL, 'decide-approval'), false, 'still on its way');
    await decide(helpdesk, ADA, 'approve');
    assert.ok(headlines(helpdesk, ABEL).includes('Approved'), headlines(helpdesk, ABEL).join(' | '));
    assert.equal(sees(helpdesk, ABEL, 'decide-approval'), false);
  });

  it('medium risk requires a second person although the caller answered the callback', async () => {
    await helpdesk.says(TESS, 'Milo Frank is locked out');
    await helpdesk.presses(TESS, 'tick-methods', { atHand: '' });
    await helpdesk.presses(TESS, 'choose-callback');
    helpdesk.pass(A_CALL);
    await helpdesk.presses(TESS, 'record-callback', {}, { with: { outcome: 'answered-by-caller' } });
    assert.match(words(helpdesk.card(ADA)), /medium/);
    await decide(helpdesk, ADA, 'approve');
    await helpdesk.presses(TESS, 'issue-pass');
    assert.deepEqual([helpdesk.passOrders(), helpdesk.livePasses()], [1, 1]);
    assert.ok(cards(helpdesk, MILO).some(({ headline }) => /Temporary Access Pass/.test(headline)));
  });

  it('the reason is in the ledger, is not in the chain, and is gone when the caller is erased', async () => {
    await askApproval(helpdesk);
    await decide(helpdesk, ADA, 'deny', REASON);
    const [decision] = await written(helpdesk, 'case.approval-decided');
    assert.equal(decision?.detail['remark'], REASON);
    assert.equal(decision.actor, ADA.id);
    await helpdesk.stopBot();
    assert.ok(helpdesk.disk().includes('Kestrel'));
    const ledger = await openLedger({
      file: join(helpdesk.dataFolder, 'hardline.sqlite'),
      now: () => helpdesk.now() as ReturnType<Parameters<typeof openLedger>[0]['now']>,
      ...{ newId: () => crypto.randomUUID(), signingKey: helpdesk.ledgerKey() },
    });
    await ledger.erase(LENA.id as PersonId, helpdesk.now() as never);
    assert.equal((await ledger.verify()).ok, true, 'the chain never held it');
    await ledger.close();
    assert.equal(helpdesk.disk().includes('Kestrel'), false);
    await helpdesk.startBot();
  });
});
