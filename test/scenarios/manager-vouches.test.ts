import assert from 'node:assert/strict';
import { GROUPS } from './environment.ts';
import { ABEL, ADA, LENA, MARA, MAX, openHelpdesk, TESS, TOM, type Helpdesk } from './helpdesk.ts';
import { buttonData, decide, forge, sees, standsAt, toProof, words, written } from './steps.ts';

describe('The manager vouches', () => {
  let helpdesk: Helpdesk;
  beforeEach(async () => {
    helpdesk = await openHelpdesk({ also: [TOM, MAX] });
    await helpdesk.says(ADA, 'help'); // who approves is known from here on
  });
  afterEach(() => helpdesk.close());

  const answer = (who = MARA, speaking = 'yes') => helpdesk.presses(who, 'manager-answer', {}, { with: { speaking } });
  const refusedBecause = async (because: string): Promise<boolean> =>
    (await written(helpdesk, 'case.refused')).some((entry) => entry.detail['because'] === because);

  it('is asked in Teams, says yes, and a second person still decides; then one pass', async () => {
    await toProof(helpdesk);
    await helpdesk.presses(TESS, 'ask-manager');
    const question = words(helpdesk.card(MARA));
    assert.match(question, /Are you speaking with this person right now/);
    assert.match(question, /Lena Hartmann/);
    assert.match(question, /Tess Lindqvist/);
    assert.match(helpdesk.card(TESS).headline, /Wait for their manager/);

    await answer();
    assert.match(words(helpdesk.card(MARA)), /Confirmed[^]*Mara Jensen/, 'the card is closed');
    assert.match(helpdesk.card(TESS).headline, /second person/i, "the technician's card moved by itself");
    assert.match(
      words(helpdesk.card(ADA)),
      /Confirmed by their manager[^]*Mara Jensen/,
      'the approver reads whose word it is',
    );
    await decide(helpdesk, ADA, 'approve');
    await helpdesk.presses(TESS, 'issue-pass');
    assert.deepEqual([helpdesk.passOrders(), helpdesk.livePasses()], [1, 1]);
  });

  it('says no: no pass is issued, and the technician reads it', async () => {
    await toProof(helpdesk);
    await helpdesk.presses(TESS, 'ask-manager');
    await answer(MARA, 'no');
    assert.equal(await standsAt(helpdesk), 'choosing-proof');
    assert.match(words(helpdesk.card(TESS)), /manager/i);
    assert.match(words(helpdesk.card(MARA)), /Not confirmed[^]*Mara Jensen/);
    assert.equal(sees(helpdesk, TESS, 'issue-pass'), false);
  });

  it('counts once: the same button pressed again, or twice at the same moment, moves nothing more', async () => {
    await toProof(helpdesk);
    await helpdesk.presses(TESS, 'ask-manager');
    const yes = helpdesk.readyPress(MARA, 'manager-answer', {}, { with: { speaking: 'yes' } });
    await Promise.all([yes(), yes()]);
    await helpdesk.bot().whenIdle();
    await helpdesk.presses(TESS, 'go-back');
    await yes();
    await helpdesk.bot().whenIdle();
    assert.equal((await written(helpdesk, 'case.manager-answered')).length, 1);
    assert.equal(await standsAt(helpdesk), 'choosing-proof', 'an old yes proves nothing in a new try');
    assert.match(words(helpdesk.card(MARA)), /Confirmed[^]*Mara Jensen/);
  });

  it('does not answer for ten minutes: it is no proof any more, and the card says so', async () => {
    await toProof(helpdesk);
    await helpdesk.presses(TESS, 'ask-manager');
    const late = helpdesk.readyPress(MARA, 'manager-answer', {}, { with: { speaking: 'yes' } });
    helpdesk.pass(11);
    await late(); // before anybody looked at the clock
    await helpdesk.bot().whenIdle();
    assert.ok(await refusedBecause('proof-is-stale'));
    await helpdesk.tick();
    assert.equal(await standsAt(helpdesk), 'choosing-proof');
    assert.match(helpdesk.card(MARA).headline, /Too late/);
    assert.equal(sees(helpdesk, MARA, 'manager-answer'), false);
  });

  it('said yes on the card of an earlier question: it does not answer the new one, and they read that it is over', async () => {
    await toProof(helpdesk);
    await helpdesk.presses(TESS, 'ask-manager');
    const old = { ...buttonData(helpdesk, MARA, 'manager-answer'), speaking: 'yes' };
    await helpdesk.presses(TESS, 'go-back');
    helpdesk.pass(20);
    await helpdesk.presses(TESS, 'ask-manager');
    const reply = await forge(helpdesk, MARA, 'manager-answer', old);
    assert.match(words(reply), /This question is over[^]*Answer the newest card/);
    assert.ok(await refusedBecause('manager-question-is-over'));
    assert.equal(await standsAt(helpdesk), 'awaiting-manager');
  });

  it('is not asked when their account is disabled, and not believed when it was disabled since', async () => {
    const enabled = (accountEnabled: boolean) =>
      helpdesk.tenant.control.changePerson({ user: MARA.id, accountEnabled });
    await toProof(helpdesk);
    enabled(false);
    await helpdesk.presses(TESS, 'ask-manager');
    assert.ok(await refusedBecause('manager-is-disabled'));
    assert.equal(await standsAt(helpdesk), 'choosing-proof');

    enabled(true);
    await helpdesk.presses(TESS, 'show-case');
    await helpdesk.presses(TESS, 'ask-manager');
    enabled(false);
    await answer();
    assert.equal(await standsAt(helpdesk), 'choosing-proof', 'no approver is asked about such a word');
    assert.match(words(helpdesk.card(TESS)), /cannot confirm the caller[^]*disabled account/);
    assert.doesNotMatch(helpdesk.card(MARA).headline, /^Confirmed/);
  });

  it('was disabled after their yes: the pass is not issued on it', async () => {
    await toProof(helpdesk);
    await helpdesk.presses(TESS, 'ask-manager');
    await answer();
    await decide(helpdesk, ADA, 'approve');
    helpdesk.tenant.control.changePerson({ user: MARA.id, accountEnabled: false });
    await helpdesk.presses(TESS, 'issue-pass');
    assert.equal(helpdesk.passOrders(), 0);
    assert.equal(await standsAt(helpdesk), 'choosing-proof');
  });

  it('is not offered where the caller is on record as their own manager, and a forged click is refused', async () => {
    helpdesk.tenant.control.changePerson({ user: LENA.id, manager: LENA.id });
    await toProof(helpdesk);
    assert.equal(sees(helpdesk, TESS, 'ask-manager'), false);
    await forge(helpdesk, TESS, 'ask-manager', versionOf(helpdesk));
    assert.ok(await refusedBecause('manager-is-the-caller'));
  });

  it('is not asked while their account cannot be read: the press waits, and the case stays', async () => {
    await toProof(helpdesk);
    helpdesk.tenant.control.fault({ kind: 'status', status: 503, path: '/v1.0/users/*/manager', times: 20 });
    await helpdesk.presses(TESS, 'ask-manager');
    assert.ok(await refusedBecause('facts-unread'));
    assert.equal(sees(helpdesk, MARA, 'manager-answer'), false);
  });

  it('nobody else can answer: not the caller, a colleague, an approver or the technician', async () => {
    await toProof(helpdesk);
    await helpdesk.presses(TESS, 'ask-manager');
    const data = { ...buttonData(helpdesk, MARA, 'manager-answer'), speaking: 'yes' };
    for (const [nth, other] of [LENA, TOM, ADA, TESS].entries()) {
      await forge(helpdesk, other, 'manager-answer', data);
      const refused = (await written(helpdesk, 'case.refused')).filter((entry) => entry.actor === other.id);
      assert.deepEqual(
        refused.map((entry) => entry.detail['because']),
        ['not-the-manager'],
        `${nth} ${other.name}`,
      );
    }
    assert.equal(await standsAt(helpdesk), 'awaiting-manager');
    await answer();
    const reply = await forge(helpdesk, TOM, 'manager-answer', data);
    assert.doesNotMatch(words(reply), /Mara Jensen|Lena Hartmann/, 'and nobody learns how it went');
  });

  it('is not offered where there is no manager, and a forged click is refused', async () => {
    await toProof(helpdesk, MAX);
    assert.equal(sees(helpdesk, TESS, 'ask-manager'), false);
    await forge(helpdesk, TESS, 'ask-manager', versionOf(helpdesk));
    assert.ok(await refusedBecause('no-manager-on-record'));
    assert.equal(await standsAt(helpdesk), 'choosing-proof');
  });

  it('is not offered where the manager is the technician of the case', async () => {
    helpdesk.tenant.control.joinGroup({ user: MARA.id, group: GROUPS.technicians });
    helpdesk.pass(2);
    await toProof(helpdesk, LENA, MARA);
    assert.equal(sees(helpdesk, MARA, 'ask-manager'), false);
    await forge(helpdesk, MARA, 'ask-manager', versionOf(helpdesk, MARA));
    assert.ok(await refusedBecause('manager-is-the-technician'));
  });

  it('cannot be reached: the technician is told at once and can choose another proof', async () => {
    helpdesk.teams.faults.set(MARA.id, { kind: 'blocked-by-user', on: 'any', times: null, retryAfterSeconds: 1 });
    await toProof(helpdesk);
    await helpdesk.presses(TESS, 'ask-manager');
    assert.match(words(helpdesk.card(TESS)), /manager could not be reached/);
    await helpdesk.presses(TESS, 'go-back');
    assert.ok(sees(helpdesk, TESS, 'choose-callback'));
  });

  it('is no longer asked once the technician chose another proof, and can answer after a restart', async () => {
    await toProof(helpdesk);
    await helpdesk.presses(TESS, 'ask-manager');
    await helpdesk.presses(TESS, 'go-back');
    assert.match(helpdesk.card(MARA).headline, /No longer needed/);
    await helpdesk.presses(TESS, 'ask-manager');
    await helpdesk.stopBot();
    await helpdesk.startBot();
    await answer();
    assert.equal(await standsAt(helpdesk), 'awaiting-approval');
    assert.match(helpdesk.card(MARA).headline, /Confirmed/);
    assert.ok(sees(helpdesk, ABEL, 'decide-approval'), 'the approvers are asked next');
  });
});

/** The case and version a button on the technician's newest card carries. */
function versionOf(helpdesk: Helpdesk, who = TESS): { readonly case: unknown; readonly v: unknown } {
  const { case: id, v } = buttonData(helpdesk, who, 'go-back');
  return { case: id, v };
}
