import assert from 'node:assert/strict';
import { LENA, openHelpdesk, TESS, type Helpdesk } from './helpdesk.ts';

const TECHNICIANS = 'b0000000-0000-4000-8000-000000000001';

describe('Looking up a caller before the current roles are known', () => {
  let helpdesk: Helpdesk;
  beforeEach(async () => (helpdesk = await openHelpdesk()));
  afterEach(() => helpdesk.close());
  const lookUps = (): number => helpdesk.tenant.control.journal().filter(({ path }) => path === '/v1.0/users').length;

  it('does not help somebody who was a technician an hour ago: they are refused, and then nobody is looked up for them', async () => {
    await helpdesk.says(TESS, 'help');
    helpdesk.pass(60);
    helpdesk.tenant.control.leaveGroup({ user: TESS.id, group: TECHNICIANS });
    for (const expected of [4, 0]) {
      helpdesk.tenant.control.clearJournal();
      const card = await helpdesk.says(TESS, `${LENA.name} is locked out`);
      assert.doesNotMatch(JSON.stringify(card), /Hartmann/);
      assert.equal(lookUps(), expected, 'four ways to find somebody, asked in one batch, or none');
      assert.equal(helpdesk.tenant.control.journal().filter(({ path }) => path.includes(LENA.id)).length, 0);
    }
    assert.equal((await helpdesk.ledger()).filter(({ code }) => code === 'case.opened').length, 0);
  });

  it('reports a failure to the technician exactly once', async () => {
    await helpdesk.says(TESS, 'help');
    helpdesk.pass(2);
    helpdesk.tenant.control.fault({ kind: 'status', status: 403, path: '/v1.0/$batch', times: 1 });
    const failed = await helpdesk.says(TESS, `${LENA.name} is locked out`);
    assert.match(JSON.stringify(failed), /Microsoft Entra denied the request/);
    const opened = await helpdesk.says(TESS, `${LENA.name} is locked out`);
    assert.match(JSON.stringify(opened), /Lena Hartmann/);
  });
});
