import assert from 'node:assert/strict';
import type { Member } from '../../demo/teams/members.ts';
import { ABEL, ADA, openHelpdesk, TESS, type Helpdesk } from './helpdesk.ts';
import { askApproval, callBack, decide, standsAt, toProof, words, written } from './steps.ts';

describe('Who works, works now', () => {
  let helpdesk: Helpdesk;
  beforeEach(async () => {
    helpdesk = await openHelpdesk();
  });
  afterEach(() => helpdesk.close());

  const disable = ({ id }: Member): void => helpdesk.tenant.control.changePerson({ user: id, accountEnabled: false });
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
      async (desk) => {
        await toProof(desk);
        await desk.presses(TESS, 'choose-callback');
      },
      {},
    ],
  ];
  for (const [verb, before, fill] of steps) {
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
});
