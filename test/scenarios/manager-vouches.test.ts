import assert from 'node:assert/strict';
import { ABEL, ADA, GROUPS, LENA, MARA, MAX, openHelpdesk, TESS, TOM, type Helpdesk } from './helpdesk.ts';
import { buttonData, decide, forge, sees, standsAt, toProof, words, written } from './steps.ts';

describe('The manager vouches', () => {
  let desk: Helpdesk;
  beforeEach(async () => {
    desk = await openHelpdesk();
    await desk.says(ADA, 'help'); // who approves is known from here on
  });
  afterEach(() => desk.close());

  const answer = (who = MARA, speaking = 'yes') => desk.presses(who, 'manager-answer', {}, { with: { speaking } });
  const refusedBecause = async (because: string): Promise<boolean> =>
    (await written(desk, 'case.refused')).some((entry) => entry.detail['because'] === because);

  it('is asked in Teams, says yes, and a second person still decides; then one pass', async () => {
    await toProof(desk);
    await desk.presses(TESS, 'ask-manager');
    const question = words(desk.card(MARA));
    assert.match(question, /Are you speaking with them right now/);
    assert.match(question, /Lena Hartmann/);
    assert.match(question, /Tess Lindqvist/);
    assert.match(desk.card(TESS).headline, /Waiting for their manager/);

    await answer();
    assert.match(words(desk.card(MARA)), /Confirmed[^]*Mara Jensen/, 'the card is closed');
    assert.match(desk.card(TESS).headline, /second person/i, "the technician's card moved by itself");
    await decide(desk, ADA, 'approve');
    await desk.presses(TESS, 'issue-pass');
    assert.deepEqual([desk.passOrders(), desk.livePasses()], [1, 1]);
  });

  it('says no: no pass comes of it, and the technician is told', async () => {
    await toProof(desk);
    await desk.presses(TESS, 'ask-manager');
    await answer(MARA, 'no');
    assert.equal(await standsAt(desk), 'choosing-proof');
    assert.match(words(desk.card(TESS)), /manager/i);
    assert.match(words(desk.card(MARA)), /Not confirmed[^]*Mara Jensen/);
    assert.equal(sees(desk, TESS, 'issue-pass'), false);
  });

  it('counts once: the same button pressed again, or twice at the same moment, moves nothing more', async () => {
    await toProof(desk);
    await desk.presses(TESS, 'ask-manager');
    const yes = desk.readyPress(MARA, 'manager-answer', {}, { with: { speaking: 'yes' } });
    await Promise.all([yes(), yes()]);
    await desk.bot().settled();
    await desk.presses(TESS, 'go-back');
    await yes();
    await desk.bot().settled();
    assert.equal((await written(desk, 'case.manager-answered')).length, 1);
    assert.equal(await standsAt(desk), 'choosing-proof', 'an old yes proves nothing in a new try');
    assert.match(words(desk.card(MARA)), /Confirmed[^]*Mara Jensen/);
  });

  it('does not answer for ten minutes: it is no proof any more, and the card says so', async () => {
    await toProof(desk);
    await desk.presses(TESS, 'ask-manager');
    const late = desk.readyPress(MARA, 'manager-answer', {}, { with: { speaking: 'yes' } });
    desk.pass(11);
    await late(); // before anybody looked at the clock
    await desk.bot().settled();
    assert.ok(await refusedBecause('proof-is-stale'));
    await desk.tick();
    assert.equal(await standsAt(desk), 'choosing-proof');
    assert.match(desk.card(MARA).headline, /Too late/);
    assert.equal(sees(desk, MARA, 'manager-answer'), false);
  });

  it('nobody else can answer: not the caller, a colleague, an approver or the technician', async () => {
    await toProof(desk);
    await desk.presses(TESS, 'ask-manager');
    const data = { ...buttonData(desk, MARA, 'manager-answer'), speaking: 'yes' };
    for (const [nth, other] of [LENA, TOM, ADA, TESS].entries()) {
      await forge(desk, other, 'manager-answer', data);
      const refused = (await written(desk, 'case.refused')).filter((entry) => entry.actor === other.id);
      assert.deepEqual(
        refused.map((entry) => entry.detail['because']),
        ['not-the-manager'],
        `${nth} ${other.name}`,
      );
    }
    assert.equal(await standsAt(desk), 'awaiting-manager');
    await answer();
    const told = await forge(desk, TOM, 'manager-answer', data);
    assert.doesNotMatch(words(told), /Mara Jensen|Lena Hartmann/, 'and nobody learns how it went');
  });

  it('is not offered where there is no manager, and a forged wish is refused', async () => {
    await toProof(desk, MAX);
    assert.equal(sees(desk, TESS, 'ask-manager'), false);
    await forge(desk, TESS, 'ask-manager', versionOf(desk));
    assert.ok(await refusedBecause('no-manager-on-record'));
    assert.equal(await standsAt(desk), 'choosing-proof');
  });

  it('is not offered where the manager is the technician of the case', async () => {
    desk.tenant.control.joinGroup({ user: MARA.id, group: GROUPS.technicians });
    desk.pass(2);
    await toProof(desk, LENA, MARA);
    assert.equal(sees(desk, MARA, 'ask-manager'), false);
    await forge(desk, MARA, 'ask-manager', versionOf(desk, MARA));
    assert.ok(await refusedBecause('manager-is-the-technician'));
  });

  it('cannot be reached: the technician is told at once and can choose another proof', async () => {
    desk.teams.faults.set(MARA.id, { kind: 'blocked-by-user', on: 'any', times: null, retryAfterSeconds: 1 });
    await toProof(desk);
    await desk.presses(TESS, 'ask-manager');
    assert.match(words(desk.card(TESS)), /manager could not be reached/);
    await desk.presses(TESS, 'go-back');
    assert.ok(sees(desk, TESS, 'choose-callback'));
  });

  it('is not asked any more once the technician chose another proof, and can answer after a restart', async () => {
    await toProof(desk);
    await desk.presses(TESS, 'ask-manager');
    await desk.presses(TESS, 'go-back');
    assert.match(desk.card(MARA).headline, /Not needed/);
    await desk.presses(TESS, 'ask-manager');
    await desk.stopBot();
    await desk.startBot();
    await answer();
    assert.equal(await standsAt(desk), 'awaiting-approval');
    assert.match(desk.card(MARA).headline, /Confirmed/);
    assert.ok(sees(desk, ABEL, 'decide-approval'), 'the approvers are asked next');
  });
});

/** The case and version a button on the technician's newest card carries. */
function versionOf(desk: Helpdesk, who = TESS): { readonly case: unknown; readonly v: unknown } {
  const { case: id, v } = buttonData(desk, who, 'go-back');
  return { case: id, v };
}
