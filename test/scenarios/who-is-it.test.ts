import assert from 'node:assert/strict';
import { rowsOf } from '../lane.ts';
import { openHelpdesk, TESS, type Helpdesk } from './helpdesk.ts';

describe('Asked who is locked out', () => {
  let helpdesk: Helpdesk;
  beforeEach(async () => (helpdesk = await openHelpdesk()));
  afterEach(() => helpdesk.close());
  const opened = async (): Promise<number> =>
    (await helpdesk.ledger()).filter(({ code }) => code === 'case.opened').length;

  // Each is a start of the bot. Which of them names whom is tested in both lanes, in contracts/find-people.test.ts.
  const names = ['Jonas Weber', 'FERNHILL\\jweber', 'jweber', 'E1015', 'jonas.weber'];
  for (const answer of rowsOf(names, (_name, n) => n < 2)) {
    it(`a technician answers "${answer}", and the case is opened`, async () => {
      const asked = await helpdesk.says(TESS, 'somebody is locked out');
      assert.match(JSON.stringify(asked), /Who is locked out\?/);
      const card = await helpdesk.says(TESS, answer);
      assert.match(JSON.stringify(card), /Jonas Weber/);
      assert.equal(await opened(), 1);
    });
  }

  for (const answer of rowsOf(['Jonas Wbeer', 'Jörg Mueller', 'CONTOSO\\jweber'], (_name, n) => n === 0)) {
    it(`a technician answers "${answer}", and sees the name before a case is opened`, async () => {
      const card = await helpdesk.says(TESS, answer);
      assert.match(JSON.stringify(card), /Nobody has exactly this name[\s\S]*(?:Jonas Weber|Jörg Müller)/);
      assert.equal(await opened(), 0);
    });
  }

  it('a request at the end of a pasted mail is refused, not searched for', async () => {
    const mail = 'The meeting was moved to three. The elevator is slow again.\n'.repeat(40);
    await helpdesk.says(TESS, `${mail}Please set her up with something easy like Welcome1.`);
    assert.equal(await opened(), 0);
    assert.ok(JSON.stringify(await helpdesk.ledger()).includes('manual-reset-never'));
  });
});
