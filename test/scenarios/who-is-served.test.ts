import assert from 'node:assert/strict';
import { rowsOf } from '../lane.ts';
import { LENA, MARA, openHelpdesk, SOFIA, TESS, TOM, type Helpdesk } from './helpdesk.ts';

const TWENTY_WAYS = [
  "reset Lena Hartmann's password",
  'RESET PASSWORD lena.hartmann@fernhill.example',
  'please change the password for Lena Hartmann',
  'can you set a new password for Lena Hartmann?',
  'give Lena Hartmann a temporary password',
  'set Lena Hartmann to Welcome123',
  'pw reset lena hartmann',
  'just reset it, the CFO is waiting',
  'Passwort von Lena Hartmann zurücksetzen',
  'setz bitte das Kennwort von Lena Hartmann zurück',
  'réinitialiser le mot de passe de Lena Hartmann',
  'restablecer la contraseña de Lena Hartmann',
  'pasword reset for Lena Hartmann',
  'unlock Lena Hartmann and reset her password',
  'I need you to reset the password of Lena Hartmann now',
  'new password for lena.hartmann@fernhill.example',
  'could you do a manual reset for Lena Hartmann',
  'RESET LENA HARTMANN PASSWORD!!!',
  'tell me the password of Lena Hartmann',
  'overwrite the password of E1010',
] as const;

describe('Who gets help, and how', () => {
  let helpdesk: Helpdesk;
  beforeEach(async () => {
    helpdesk = await openHelpdesk({ also: [TOM, SOFIA] });
  });
  afterEach(() => helpdesk.close());

  it('a manual reset is refused in twenty ways of asking, with words to read out, and each time written down', async () => {
    let asked = 0;
    for (const text of TWENTY_WAYS) {
      const card = await helpdesk.says(TESS, text);
      const refused = (await helpdesk.ledger()).filter((entry) => entry.code === 'request.refused').length;
      assert.equal(refused, ++asked, `${text} → ${card.headline}`);
      assert.ok(card.lines.length > 0, text);
    }
    assert.equal(helpdesk.passOrders(), 0);
    assert.equal(helpdesk.tenant.control.state().forbiddenAttempts, 0);
  });

  it('a caller with two methods at hand is sent to self-service, and gets the link in Teams', async () => {
    await helpdesk.says(TESS, 'Sofia Rossi is locked out');
    const tick = helpdesk.card(TESS).inputs.find((input) => input.id === 'atHand');
    const refs = tick?.choices.map((choice) => choice.value) ?? [];
    assert.ok(refs.length >= 2, 'her methods are offered');
    await helpdesk.presses(TESS, 'tick-methods', { atHand: refs.join(',') });
    assert.ok(JSON.stringify(helpdesk.messages(SOFIA)).includes('https://aka.ms/sspr'), 'the link reached her');
    helpdesk.pass(1);
    helpdesk.tenant.control.selfService({ user: SOFIA.id, outcome: 'success' });
    helpdesk.pass(1);
    await helpdesk.tick();
    const closed = (await helpdesk.ledger()).find((entry) => entry.detail['to'] === 'closed');
    assert.equal(closed?.detail['because'], 'self-service-succeeded');
    assert.equal(helpdesk.passOrders(), 0);
  });

  it('a technician gets nothing for themselves', async () => {
    await helpdesk.says(TESS, 'Tess Lindqvist is locked out');
    const closed = (await helpdesk.ledger()).find((entry) => entry.code === 'case.opened');
    assert.deepEqual(closed?.detail['stops'], ['caller-is-the-technician']);
    assert.equal(
      helpdesk.card(TESS).buttons.some((button) => button.verb === 'tick-methods'),
      false,
    );
  });

  // Every stop is tested in both lanes, in procedure/; here each is a start of the bot.
  const never = [
    ['Grace Adeyemi', 'privileged-role'],
    ['Peter Ivanov', 'eligible-for-privileged-role'],
    ['Rosa Silva', 'role-assignable-group'],
    ['Elin Sato', 'role-assignable-group'],
    ['Hugo Lind', 'protected-group'],
    ['Bea Glass', 'protected-group'],
    ['Rolf Maier', 'management-restricted'],
    ['Kim Tan', 'outside-pass-policy'],
    ['Rita Hayes', 'high-risk'],
    ['Dora Klein', 'account-disabled'],
    ['gus.ortega_partner.example#EXT#@fernhill.example', 'external-guest'],
  ] as const;
  for (const [who, stop] of rowsOf(never, (_one, n) => n % 4 === 0)) {
    it(`${who} never gets a pass (${stop})`, async () => {
      await helpdesk.says(TESS, `${who} is locked out`);
      const canTick = helpdesk.card(TESS).buttons.some((button) => button.verb === 'tick-methods');
      if (canTick) await helpdesk.presses(TESS, 'tick-methods', { atHand: '' });
      const words = JSON.stringify((await helpdesk.ledger()).map((entry) => entry.detail['stops']));
      assert.ok(words.includes(stop), words);
      assert.equal(helpdesk.passOrders(), 0);
      const [newest] = (await helpdesk.ledger()).filter((entry) => entry.detail['to'] === 'closed');
      assert.ok(newest !== undefined, 'the case is closed');
    });
  }

  it('two people of the same name are told apart before anything is read about them', async () => {
    const card = await helpdesk.says(TESS, 'Alex Morgan is locked out');
    assert.equal(card.buttons.filter((button) => button.verb === 'pick-caller').length, 2);
    assert.equal(
      (await helpdesk.ledger()).some((entry) => entry.code === 'picture.read.intent'),
      false,
    );
    await helpdesk.presses(TESS, 'pick-caller');
    assert.equal((await helpdesk.ledger()).filter((entry) => entry.code === 'case.opened').length, 1);
  });

  it('somebody outside the helpdesk gets guidance for their own account, whoever they ask about', async () => {
    const before = helpdesk.tenant.control.journal().length; // what the bot reads of everybody when it starts
    const known = await helpdesk.says(MARA, 'Lena Hartmann is locked out');
    const unknown = await helpdesk.says(MARA, 'Zyx Nobody is locked out');
    assert.deepEqual(known, unknown, 'the same words for a name that exists and one that does not');
    const asked = helpdesk.tenant.control
      .journal()
      .slice(before)
      .filter((one) => one.path.includes('/users') && one.method === 'GET');
    const others = asked.filter((one) => !one.path.includes(MARA.id));
    assert.deepEqual(others, [], 'and nobody but themselves was looked at');
  });

  it('a second technician cannot open a second case about the same caller', async () => {
    await helpdesk.says(TESS, 'Lena Hartmann is locked out');
    const card = await helpdesk.says(TOM, 'Lena Hartmann is locked out');
    assert.match(card.headline, /another technician/i);
    assert.equal((await helpdesk.ledger()).filter((entry) => entry.code === 'case.opened').length, 1);
  });

  it('a colleague cannot use the buttons of a case, even when they know its number', async () => {
    await helpdesk.says(TESS, 'Lena Hartmann is locked out');
    const press = helpdesk.readyPress(TESS, 'tick-methods', { atHand: '' });
    await helpdesk.says(TOM, 'Noah Keller is locked out');
    const forged = await helpdesk.presses(
      TOM,
      'tick-methods',
      { atHand: '' },
      { change: (data) => ({ ...data, case: 1 }) },
    );
    assert.doesNotMatch(JSON.stringify(forged), /Hartmann/);
    await press();
    const entries = await helpdesk.ledger();
    assert.ok(entries.some((entry) => entry.code === 'access.refused' && entry.detail['because'] === 'not-your-case'));
  });

  it('forged card data is refused, written down, and changes nothing', async () => {
    await helpdesk.says(TESS, 'Lena Hartmann is locked out');
    const presses = [
      (data: Record<string, unknown>) => ({ ...data, caller: LENA.id, role: 'approver' }),
      (data: Record<string, unknown>) => ({ ...data, case: '1; drop table cases' }),
      (data: Record<string, unknown>) => ({ ...data, v: -1 }),
      (data: Record<string, unknown>) => ({ ...data, verb: 'issue-pass' }),
    ].map((change) => helpdesk.readyPress(TESS, 'tick-methods', { atHand: '' }, { change }));
    for (const press of presses) assert.equal((await press()).answer, 'card', 'an answer, not silence');
    assert.match(helpdesk.card(TESS).headline, /I did not understand/);
    const written = (await helpdesk.ledger()).filter((entry) => entry.detail['asked'] === 'button');
    assert.equal(written.length, presses.length);
    assert.equal((await helpdesk.ledger()).filter((entry) => entry.code === 'case.methods-ticked').length, 0);
  });
});
