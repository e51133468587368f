import assert from 'node:assert/strict';
import type { Member } from '../../demo/teams/members.ts';
import { rowsOf } from '../lane.ts';
import { GROUPS } from './environment.ts';
import { ABEL, ADA, LENA, openHelpdesk, TESS, type Helpdesk } from './helpdesk.ts';
import { A_CALL, askApproval, callBack, decide, sees, standsAt, toProof, words, written } from './steps.ts';

describe('Who works, works now', () => {
  let helpdesk: Helpdesk;
  beforeEach(async () => {
    helpdesk = await openHelpdesk();
  });
  afterEach(() => helpdesk.close());

  const disable = ({ id }: Member): void => helpdesk.tenant.control.changePerson({ user: id, accountEnabled: false });
  const leaves = ({ id }: Member): void => helpdesk.tenant.control.leaveGroup({ user: id, group: GROUPS.approvers });
  const refusedTo = async ({ id }: Member): Promise<readonly unknown[]> =>
    (await written(helpdesk, 'access.refused'))
      .filter(({ actor }) => actor === id)
      .map(({ detail }) => detail['asked']);

  for (const [what, happens] of [
    ['disabled', disable],
    ['deleted', ({ id }: Member) => helpdesk.tenant.control.deletePerson({ user: id, by: ABEL.id })],
  ] as const) {
    it(`a technician whose account was ${what} a moment ago gets no pass, and reads why`, async () => {
      await callBack(helpdesk);
      happens(TESS);
      const answer = await helpdesk.presses(TESS, 'issue-pass');
      assert.equal(helpdesk.passOrders(), 0);
      assert.match(words(answer), /disabled/);
      assert.deepEqual(await refusedTo(TESS), ['issue-pass']);
      assert.equal(await standsAt(helpdesk), 'ready-to-issue', 'the case waits for somebody who works');
    });
  }

  const steps: readonly (readonly [string, (helpdesk: Helpdesk) => Promise<unknown>, Record<string, string>])[] = [
    ['choose-callback', toProof, {}],
    ['seen-in-person', toProof, { place: 'Reception' }],
    ['ask-manager', toProof, {}],
    [
      'record-callback',
      async (current) => {
        await toProof(current);
        await current.presses(TESS, 'choose-callback');
        current.pass(A_CALL);
      },
      {},
    ],
  ];
  for (const [verb, before, fill] of rowsOf(steps, ([verb]) => verb === 'record-callback')) {
    it(`a technician disabled a moment ago brings no case nearer to a pass: ${verb}`, async () => {
      await before(helpdesk);
      const stood = await standsAt(helpdesk);
      disable(TESS);
      const answer = await helpdesk.presses(TESS, verb, fill);
      assert.match(words(answer), /disabled/);
      assert.deepEqual(await refusedTo(TESS), [verb]);
      assert.equal(await standsAt(helpdesk), stood);
    });
  }

  it('an approver whose account was disabled decides nothing', async () => {
    await askApproval(helpdesk);
    disable(ADA);
    const answer = await decide(helpdesk, ADA, 'approve');
    assert.match(words(answer), /disabled/);
    assert.deepEqual(await refusedTo(ADA), ['decide-approval']);
    assert.equal(await standsAt(helpdesk), 'awaiting-approval');
  });

  it('a lead whose account was disabled lifts no lockdown', async () => {
    await helpdesk.says(ADA, 'lockdown on');
    disable(ADA);
    assert.match(words(await helpdesk.says(ADA, 'lockdown off')), /disabled/);
    assert.deepEqual((await written(helpdesk, 'mode.normal')).length, 0);
    assert.deepEqual(await refusedTo(ADA), ['set-mode']);
  });

  for (const [what, happens] of [
    ['left the group', leaves],
    ['was disabled', disable],
  ] as const) {
    it(`an approver who ${what} between yes and Issue no longer counts: the approvers are asked again`, async () => {
      await askApproval(helpdesk);
      await decide(helpdesk, ADA, 'approve');
      happens(ADA);
      await helpdesk.presses(TESS, 'issue-pass');
      assert.equal(helpdesk.passOrders(), 0);
      assert.equal(await standsAt(helpdesk), 'awaiting-approval');
      assert.match(words(helpdesk.card(TESS)), /approver who agreed/);
      assert.ok(sees(helpdesk, ABEL, 'decide-approval'), 'the other one is asked');
      await decide(helpdesk, ABEL, 'approve');
      await helpdesk.presses(TESS, 'issue-pass');
      assert.equal(helpdesk.passOrders(), 1);
    });
  }

  it('an approver who cannot be read at Issue keeps the press back, and the approval stands', async () => {
    await askApproval(helpdesk);
    await decide(helpdesk, ADA, 'approve');
    helpdesk.tenant.control.fault({ kind: 'status', status: 500, path: `/**/users/${ADA.id}/checkMemberGroups` });
    const answer = await helpdesk.presses(TESS, 'issue-pass');
    assert.equal(helpdesk.passOrders(), 0);
    assert.match(words(answer), /approver/i);
    const [refused] = await written(helpdesk, 'case.refused');
    assert.deepEqual(refused?.detail['unread'], ['approvers']);
    assert.equal(await standsAt(helpdesk), 'ready-to-issue');
    helpdesk.tenant.control.clearFaults();
    await helpdesk.presses(TESS, 'show-case');
    await helpdesk.presses(TESS, 'issue-pass');
    assert.equal(helpdesk.passOrders(), 1);
  });

  it('with the directory down, a former approver is not sent the name of the caller', async () => {
    await toProof(helpdesk);
    leaves(ABEL);
    helpdesk.tenant.control.fault({ kind: 'status', status: 503, path: `/**/users/${ABEL.id}/**` });
    helpdesk.tenant.control.fault({ kind: 'status', status: 503, path: `/**/users/${ADA.id}/**` });
    helpdesk.tenant.control.fault({ kind: 'status', status: 503, path: '/**/groups/**' });
    await helpdesk.presses(TESS, 'seen-in-person', { place: 'Reception' });
    assert.equal(await standsAt(helpdesk), 'awaiting-approval');
    for (const approver of [ADA, ABEL]) {
      assert.ok(!JSON.stringify(helpdesk.messages(approver)).includes(LENA.name), approver.name);
    }
    assert.match(words(helpdesk.card(TESS)), /approvers could not be read/);
    helpdesk.tenant.control.clearFaults();
    helpdesk.pass(0.5);
    await helpdesk.tick();
    assert.ok(sees(helpdesk, ADA, 'decide-approval'), 'asked as soon as it is known who may');
    assert.ok(!JSON.stringify(helpdesk.messages(ABEL)).includes(LENA.name));
    assert.doesNotMatch(words(helpdesk.card(TESS)), /could not be read/);
  });
});
