// Callbacks that were not made, that are reported late, or that go to a number that proves nothing.
import assert from 'node:assert/strict';
import { ADA, openHelpdesk, TESS, type Helpdesk } from './helpdesk.ts';
import {
  A_CALL,
  buttonData,
  callBack,
  forge,
  headlines,
  secondLook,
  sees,
  standsAt,
  toProof,
  words,
  written,
} from './steps.ts';

describe('A callback', () => {
  let helpdesk: Helpdesk;
  beforeEach(async () => {
    helpdesk = await openHelpdesk();
    await helpdesk.says(ADA, 'help'); // the lead is known from here on
  });
  afterEach(() => helpdesk.close());

  const answered = () => helpdesk.presses(TESS, 'record-callback', {}, { with: { outcome: 'answered-by-caller' } });
  const alarms = () => headlines(helpdesk, ADA).filter((headline) => /somebody else answered/i.test(headline)).length;

  it('that was answered milliseconds after the number was chosen does not count; dialed, the same press does', async () => {
    await toProof(helpdesk);
    await helpdesk.presses(TESS, 'choose-callback');
    await answered();
    assert.equal(await standsAt(helpdesk), 'awaiting-callback');
    const line = helpdesk.messages(TESS).findLast(({ notice }) => notice !== null)?.notice?.text ?? '';
    assert.match(
      line,
      /^That was \d seconds?, too quick for a call\. Hang up, dial the number on the card, then press again\.$/,
    );
    assert.match(helpdesk.card(TESS).headline, /Hang up and dial this number/, 'the number stays on the card');
    const [refusal] = await written(helpdesk, 'case.refused');
    assert.equal(refusal?.detail['because'], 'callback-too-quick');
    assert.ok(Number(refusal.detail['seconds']) < 15);
    assert.equal(helpdesk.passOrders(), 0);

    helpdesk.pass(A_CALL);
    await answered();
    assert.equal(await standsAt(helpdesk), 'ready-to-issue');
  });

  it('that somebody else answered counts after the ten minutes of a proof, and the leads are alarmed', async () => {
    await toProof(helpdesk);
    await helpdesk.presses(TESS, 'choose-callback');
    helpdesk.pass(10.2);
    await helpdesk.presses(TESS, 'record-callback', {}, { with: { outcome: 'answered-by-someone-else' } });
    assert.equal(await standsAt(helpdesk), 'closed');
    assert.equal(alarms(), 1);
  });

  it('that somebody else answered counts on the old card, too: after going back, and when the pass is out', async () => {
    await toProof(helpdesk);
    await helpdesk.presses(TESS, 'choose-callback');
    const bad = { ...buttonData(helpdesk, TESS, 'record-callback'), outcome: 'answered-by-someone-else' };
    helpdesk.pass(A_CALL);
    await answered();
    await helpdesk.presses(TESS, 'issue-pass');
    await helpdesk.presses(TESS, 'pass-read-out');
    assert.equal(helpdesk.livePasses(), 1);
    await forge(helpdesk, TESS, 'record-callback', bad);
    await forge(helpdesk, TESS, 'record-callback', bad); // pressed twice
    await secondLook(helpdesk);
    assert.equal(await standsAt(helpdesk), 'closed');
    assert.equal(helpdesk.livePasses(), 0);
    assert.equal(alarms(), 1);
  });

  it('to the technician themselves is not offered, however long their number has been on the caller’s record', async () => {
    await helpdesk.close();
    helpdesk = await openHelpdesk();
    helpdesk.tenant.control.changeNumber({
      user: 'a0000000-0000-4000-8000-000000000010',
      which: 'businessPhones',
      number: '030 55501001',
      audited: false,
    });
    await helpdesk.says(TESS, 'Lena Hartmann is locked out');
    helpdesk.pass(40 * 24 * 60);
    await helpdesk.tick();
    await toProof(helpdesk);
    const card = words(helpdesk.card(TESS));
    assert.match(card, /your own number: do not call/);
    const { case: id, v, shown } = buttonData(helpdesk, TESS, 'choose-callback');
    await forge(helpdesk, TESS, 'choose-callback', { case: id, v, shown, number: 'business-phone' });
    assert.equal(await standsAt(helpdesk), 'choosing-proof');
    const [refusal] = await written(helpdesk, 'case.refused');
    assert.equal(refusal?.detail['because'], 'number-not-usable');
  });

  it('goes to the numbers that the card showed, and to no others', async () => {
    await toProof(helpdesk);
    const data = buttonData(helpdesk, TESS, 'choose-callback');
    await forge(helpdesk, TESS, 'choose-callback', { ...data, number: 'business-phone', shown: 'other numbers' });
    assert.equal(await standsAt(helpdesk), 'choosing-proof');
    await helpdesk.presses(TESS, 'show-case');
    await helpdesk.presses(TESS, 'choose-callback');
    assert.equal(await standsAt(helpdesk), 'awaiting-callback');
  });

  it('to a number that others have, too, needs a second person, and the card says so', async () => {
    await helpdesk.close();
    helpdesk = await openHelpdesk();
    await helpdesk.says(ADA, 'help');
    for (const who of ['12', '13', '14', '15']) {
      helpdesk.tenant.control.changeNumber({
        user: `a0000000-0000-4000-8000-0000000000${who}`,
        which: 'businessPhones',
        number: '030 / 5550 1010',
        audited: false,
      });
    }
    await helpdesk.tick();
    await toProof(helpdesk);
    assert.match(words(helpdesk.card(TESS)), /✓ can be called, also the number of 4 others/);
    await helpdesk.presses(TESS, 'choose-callback', { number: 'business-phone' });
    helpdesk.pass(A_CALL);
    await answered();
    assert.equal(await standsAt(helpdesk), 'awaiting-approval');
    assert.ok(sees(helpdesk, ADA, 'decide-approval'));
    assert.match(words(helpdesk.card(ADA)), /Other people have the number that was called, too/);
  });

  it('on a number of their own needs nobody else', async () => {
    await callBack(helpdesk);
    assert.equal(await standsAt(helpdesk), 'ready-to-issue');
  });
});
