import assert from 'node:assert/strict';
import { rowsOf } from '../lane.ts';
import { LENA, openHelpdesk, TESS, type Helpdesk } from './helpdesk.ts';
import { callBack, issueByCallback, standsAt } from './steps.ts';

const ONE_PASS = '/**/temporaryAccessPassMethods/*';
const PASSES = '/**/temporaryAccessPassMethods';

describe('A pass stays under control until it is certain that it is gone', () => {
  let helpdesk: Helpdesk;
  beforeEach(async () => {
    helpdesk = await openHelpdesk();
  });
  afterEach(() => helpdesk.close());

  it('one "not found" for the deletion is not believed: the pass signs in, so the case goes on deleting it', async () => {
    await issueByCallback(helpdesk);
    notFound('DELETE', 1);
    await helpdesk.presses(TESS, 'withdraw-pass');
    assert.equal(helpdesk.livePasses(), 1, 'the pass is alive, whatever the answer was');
    assert.equal(await standsAt(helpdesk), 'withdrawing-pass');
    await helpdesk.tick();
    assert.equal(helpdesk.livePasses(), 0);
    assert.equal(await standsAt(helpdesk), 'withdrawing-pass', 'one look is not enough');
    helpdesk.pass(1.1);
    await helpdesk.tick();
    assert.equal(await standsAt(helpdesk), 'choosing-proof');
  });

  it('"not found" and a list without the pass are both late: the second look a minute later deletes it', async () => {
    helpdesk.tenant.control.settings({ visibilityDelaySeconds: 40 });
    await issueByCallback(helpdesk);
    notFound('DELETE', 1);
    await helpdesk.presses(TESS, 'withdraw-pass');
    await helpdesk.tick();
    assert.equal(helpdesk.livePasses(), 1);
    assert.equal(await standsAt(helpdesk), 'withdrawing-pass');
    helpdesk.pass(1.1);
    await helpdesk.tick();
    assert.equal(helpdesk.livePasses(), 0);
  });

  it('the pass was deleted, and the list still shows it for a while: the case waits until the list agrees', async () => {
    await issueByCallback(helpdesk);
    helpdesk.tenant.control.settings({ deletionDelaySeconds: 90 });
    await helpdesk.presses(TESS, 'withdraw-pass');
    helpdesk.pass(1.1);
    await helpdesk.tick();
    assert.equal(await standsAt(helpdesk), 'withdrawing-pass');
    helpdesk.pass(1);
    await helpdesk.tick();
    helpdesk.pass(1.1);
    await helpdesk.tick();
    assert.equal(await standsAt(helpdesk), 'choosing-proof');
  });

  it('"This was not me" closes the case only when the pass is certainly gone', async () => {
    await issueByCallback(helpdesk);
    notFound('DELETE', 2);
    await helpdesk.presses(LENA, 'not-me');
    await helpdesk.tick();
    assert.equal(helpdesk.livePasses(), 1);
    assert.equal(await standsAt(helpdesk), 'withdrawing-pass');
    for (const minutes of [0.2, 1.1]) {
      helpdesk.pass(minutes);
      await helpdesk.tick();
    }
    assert.equal(helpdesk.livePasses(), 0);
    assert.equal(await standsAt(helpdesk), 'closed');
  });

  for (const minutes of rowsOf([3, 60], (ahead) => ahead === 60)) {
    it(`with a clock that went ${minutes} minutes ahead, the deletion is sent all the same`, async () => {
      await issueByCallback(helpdesk);
      helpdesk.botIsAhead(minutes);
      await helpdesk.presses(LENA, 'not-me');
      await helpdesk.tick();
      assert.equal(helpdesk.livePasses(), 0);
    });
  }

  it('a pass whose time is over by our clock is deleted and looked for like any other', async () => {
    await issueByCallback(helpdesk);
    helpdesk.pass(61);
    await helpdesk.tick();
    const sent = helpdesk.tenant.control
      .journal()
      .filter(({ method, path }) => method === 'DELETE' && path.includes('/temporaryAccessPassMethods/'));
    assert.equal(sent.length, 1);
    assert.equal(await standsAt(helpdesk), 'withdrawing-pass');
    helpdesk.pass(1.1);
    await helpdesk.tick();
    assert.equal(await standsAt(helpdesk), 'closed');
  });

  it('a clock that steps between the two looks makes them no further apart', async () => {
    await issueByCallback(helpdesk);
    await helpdesk.presses(TESS, 'withdraw-pass');
    helpdesk.botIsAhead(60);
    await helpdesk.tick();
    assert.equal(await standsAt(helpdesk), 'withdrawing-pass');
    helpdesk.botIsAhead(-60);
    helpdesk.pass(1.1);
    await helpdesk.tick();
    assert.equal(await standsAt(helpdesk), 'choosing-proof');
  });

  for (const minutes of rowsOf([3, 60, -60], (off) => off === 3)) {
    it(`an order whose answer is lost while our clock is ${minutes} minutes off leaves no pass that works`, async () => {
      await callBack(helpdesk);
      helpdesk.botIsAhead(minutes);
      helpdesk.tenant.control.fault({ kind: 'answer-lost', method: 'POST', path: PASSES });
      await helpdesk.presses(TESS, 'issue-pass');
      await helpdesk.tick();
      assert.equal(helpdesk.livePasses(), 0, 'nobody has seen this pass');
    });
  }

  function notFound(method: 'DELETE' | 'GET', times: number): void {
    helpdesk.tenant.control.fault({
      ...{ kind: 'status', status: 404, code: 'ResourceNotFound', message: 'Resource not found.' },
      ...{ method, path: ONE_PASS, times },
    });
  }
});
