import assert from 'node:assert/strict';
import { rowsOf } from '../lane.ts';
import { openHelpdesk, TESS, type Helpdesk } from './helpdesk.ts';

describe('When the outside fails', () => {
  let helpdesk: Helpdesk;
  beforeEach(async () => {
    helpdesk = await openHelpdesk();
    await helpdesk.says(TESS, 'help'); // who Tess is, is known from here on
  });
  afterEach(() => helpdesk.close());

  it('Graph is down: the technician is told, a manual reset is refused all the same, and nothing is issued', async () => {
    helpdesk.tenant.control.fault({ kind: 'status', status: 503, path: '/**' });
    const refused = await helpdesk.says(TESS, 'reset the password of Lena Hartmann');
    assert.match(refused.headline, /nobody|never|not/i);
    const answer = await helpdesk.says(TESS, 'Lena Hartmann is locked out');
    assert.ok(answer.headline !== '' && answer.lines.length > 0, 'what happened and what to do next');
    assert.equal(helpdesk.passOrders(), 0);
  }).timeout(40_000);

  const reads = [
    '/**/authentication/methods',
    '/**/transitiveMemberOf/**',
    '/**/roleManagement/directory/**',
    '/**/checkMemberGroups',
    '/**/temporaryAccessPass',
    '/**/riskyUsers',
  ];
  for (const path of rowsOf(reads, (_path, n) => n % 3 === 0)) {
    it(`what cannot be read keeps the pass back and ends no case: ${path}`, async () => {
      helpdesk.tenant.control.fault({ kind: 'status', status: 403, code: 'Authorization_RequestDenied', path });
      helpdesk.pass(3); // what the feed read of risks is no longer relied on after two minutes
      await helpdesk.says(TESS, 'Noah Keller is locked out');
      if (helpdesk.card(TESS).buttons.some((button) => button.verb === 'tick-methods')) {
        await helpdesk.presses(TESS, 'tick-methods', { atHand: '' });
      }
      // Either the press was refused for what is missing, or the card offers no way on but to read again.
      const entries = await helpdesk.ledger();
      const refused = entries.some((entry) => entry.detail['because'] === 'facts-unread');
      const wayOn = ['tick-methods', 'choose-callback', 'seen-in-person', 'ask-manager', 'issue-pass'];
      const offered = helpdesk.card(TESS).buttons.some((button) => wayOn.includes(button.verb));
      assert.ok(refused || !offered, helpdesk.card(TESS).headline);
      assert.ok(!entries.some((entry) => entry.detail['to'] === 'closed'), 'nothing was read that ends the case');
      assert.equal(helpdesk.passOrders(), 0);
    });
  }

  it('the caller is not in Teams: the technician is told, and the case goes on', async () => {
    const alone = await openHelpdesk({ withoutApp: ['a0000000-0000-4000-8000-000000000010'] });
    try {
      await alone.says(TESS, 'Lena Hartmann is locked out');
      await alone.presses(TESS, 'tick-methods', { atHand: '' });
      const answer = (await alone.ledger()).find((entry) => entry.code === 'notice.caller.outcome');
      assert.match(String(answer?.detail['outcome']), /not delivered/);
      assert.ok(alone.card(TESS).buttons.some((button) => button.verb === 'choose-callback'));
    } finally {
      await alone.close();
    }
  });
});
