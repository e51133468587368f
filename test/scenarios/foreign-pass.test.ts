import assert from 'node:assert/strict';
import { ABEL, ADA, LENA, openHelpdesk, TESS, type Helpdesk } from './helpdesk.ts';
import { callBack, getsTheApp, headlines, issueByCallback, standsAt, toProof, words, written } from './steps.ts';

describe('A pass that nobody created through Hardline', () => {
  let helpdesk: Helpdesk;
  beforeEach(async () => {
    helpdesk = await openHelpdesk();
    await helpdesk.says(ADA, 'help'); // a lead, known from here on
  });
  afterEach(() => helpdesk.close());
  const createdElsewhere = (): void => {
    helpdesk.tenant.control.passFromElsewhere({ user: LENA.id, by: ABEL.id });
  };
  const WORKS = /works, created \d\d:\d\d UTC, not through Hardline/;

  it('is not replaced without a word: no pass is issued while it lives, and the leads are alarmed', async () => {
    await callBack(helpdesk);
    createdElsewhere();
    await helpdesk.presses(TESS, 'issue-pass');
    assert.equal(helpdesk.passOrders(), 0);
    const closed = (await helpdesk.ledger()).find((entry) => entry.detail['to'] === 'closed');
    assert.deepEqual(closed?.detail['stops'], ['foreign-pass']);
    assert.match(words(helpdesk.card(TESS)), /nobody created through Hardline[^]*Call the helpdesk lead/);
    assert.match(words(helpdesk.card(TESS)), WORKS);
    assert.ok(headlines(helpdesk, ADA).includes('Alarm: a pass that nobody created through Hardline'));
    assert.match(words(helpdesk.card(ADA)), WORKS);
    const [alarm] = await written(helpdesk, 'alarm.leads.outcome');
    assert.equal(alarm?.detail['outcome'], 'reached 1 of 1');
    assert.equal(helpdesk.livePasses(), 1, 'and it is not deleted either: only a lead can find out what it is for');
  });

  it('is on the first card, with the time, leaves self-service open, and alarms the leads at once', async () => {
    createdElsewhere();
    const card = await helpdesk.says(TESS, 'Lena Hartmann is locked out');
    assert.match(words(card), WORKS);
    assert.ok(card.buttons.some(({ verb }) => verb === 'tick-methods'));
    assert.ok(headlines(helpdesk, ADA).includes('Alarm: a pass that nobody created through Hardline'), 'at once');
    assert.match(words(helpdesk.card(TESS)), /1 of 1 leads? was reached/);
    await helpdesk.presses(TESS, 'tick-methods', { atHand: '' });
    assert.equal(await standsAt(helpdesk), 'closed');
    assert.equal((await written(helpdesk, 'alarm.leads.outcome')).length, 1);
  });

  it('alarms the leads also when the case ends as soon as it is opened, because the account is disabled', async () => {
    createdElsewhere();
    helpdesk.tenant.control.changePerson({ user: LENA.id, accountEnabled: false });
    await helpdesk.says(TESS, 'Lena Hartmann is locked out');
    assert.equal(await standsAt(helpdesk), 'closed');
    assert.ok(headlines(helpdesk, ADA).includes('Alarm: a pass that nobody created through Hardline'));
    const codes = (await helpdesk.ledger()).map(({ code }) => code);
    const order = ['alarm.leads.outcome', 'alarm.leads.intent', 'case.opened'];
    assert.deepEqual(
      codes.filter((code) => order.includes(code)),
      order,
      'newest first: written down before it is done',
    );
  });

  it('no longer keeps a pass back once it has expired', async () => {
    createdElsewhere();
    helpdesk.pass(61);
    await issueByCallback(helpdesk);
    assert.equal(helpdesk.passOrders(), 1);
  });

  it('keeps the press back when it cannot be read', async () => {
    await callBack(helpdesk);
    const path = '/**/authentication/methods';
    helpdesk.tenant.control.fault({ kind: 'status', status: 403, code: 'Authorization_RequestDenied', path });
    await helpdesk.presses(TESS, 'issue-pass');
    assert.equal(helpdesk.passOrders(), 0);
    assert.equal((await written(helpdesk, 'case.refused')).at(0)?.detail['because'], 'facts-unread');
    assert.equal(await standsAt(helpdesk), 'ready-to-issue');
  });

  it('is not our own: one that the list shows again after its deletion keeps the press back and accuses nobody', async () => {
    await issueByCallback(helpdesk);
    const { passes } = helpdesk.tenant.control.state();
    const own = passes.find(({ usability }) => usability === 'EnabledByPolicy')?.id ?? '';
    await helpdesk.presses(TESS, 'withdraw-pass');
    helpdesk.pass(1.1);
    await helpdesk.tick();
    await helpdesk.presses(TESS, 'choose-callback');
    helpdesk.pass(0.5); // a call takes a while
    await helpdesk.presses(TESS, 'record-callback', {}, { with: { outcome: 'answered-by-caller' } });
    helpdesk.tenant.control.listAgain({ user: LENA.id, id: own, seconds: 30 });
    await helpdesk.presses(TESS, 'issue-pass');
    assert.equal(await standsAt(helpdesk), 'ready-to-issue');
    const [refused] = await written(helpdesk, 'case.refused');
    assert.deepEqual(refused?.detail['unread'], ['existingPass']);
    helpdesk.pass(0.6);
    await helpdesk.says(TESS, 'case 1');
    await helpdesk.presses(TESS, 'issue-pass');
    assert.equal(helpdesk.livePasses(), 1);
    assert.equal((await written(helpdesk, 'alarm.leads.outcome')).length, 0);
  });

  it('is an alarm that is sent again until a lead has it', async () => {
    await helpdesk.close();
    helpdesk = await openHelpdesk({ withoutApp: [ADA.id] });
    createdElsewhere();
    await toProof(helpdesk);
    assert.deepEqual((await written(helpdesk, 'alarm.leads.outcome'))[0]?.detail['outcome'], 'reached 0 of 1');
    await getsTheApp(helpdesk, ADA);
    helpdesk.pass(1);
    await helpdesk.tick();
    assert.ok(headlines(helpdesk, ADA).includes('Alarm: a pass that nobody created through Hardline'));
  });
});
