import assert from 'node:assert/strict';
import { ADA, LENA, NOAH, openHelpdesk, SOFIA, TESS, TOM, type Helpdesk } from './helpdesk.ts';
import { callBack, forge, issueByCallback, secondLook, sees, standsAt, words, written } from './steps.ts';

describe('Lockdown and the passes that were issued before it', () => {
  let helpdesk: Helpdesk;
  beforeEach(async () => {
    helpdesk = await openHelpdesk({ also: [TOM, NOAH, SOFIA] });
  });
  afterEach(() => helpdesk.close());

  it('the lead who switches lockdown on sees which passes live, of whom and until when, and takes them back', async () => {
    await issueByCallback(helpdesk, LENA, TESS);
    await issueByCallback(helpdesk, SOFIA, TOM);
    const on = await helpdesk.says(ADA, 'lockdown on strange calls');
    assert.match(words(on), /2 passes still work[^]*Case 1 · Lena Hartmann[^]*works until[^]*Case 2 · Sofia Rossi/);
    const taken = await helpdesk.presses(ADA, 'take-back-passes');
    assert.match(words(taken), /The deletion of 2 of 2 passes has begun/);
    assert.equal(helpdesk.livePasses(), 0);
    const entries = await written(helpdesk, 'case.pass-taken-back');
    assert.deepEqual(
      entries.map(({ actor, caseId }) => [actor, caseId]),
      [
        [ADA.id, 2],
        [ADA.id, 1],
      ],
    );
    assert.match(words(await helpdesk.says(ADA, 'mode')), /No pass still works. 2 more are being deleted/);
    await secondLook(helpdesk);
    const after = await helpdesk.says(ADA, 'mode');
    assert.match(words(after), /No pass still works\.(?! \d)/);
    assert.ok(!after.buttons.some(({ verb }) => verb === 'take-back-passes'), 'nothing is left to take back');
  });

  it('a pass on the screen of a technician is taken back as well, and their card says so', async () => {
    await callBack(helpdesk);
    await helpdesk.presses(TESS, 'issue-pass');
    await helpdesk.says(ADA, 'lockdown on strange calls');
    await helpdesk.presses(ADA, 'take-back-passes');
    assert.equal(helpdesk.livePasses(), 0);
    assert.match(helpdesk.card(TESS).headline, /The pass is being deleted/);
  });

  it('a pass that Graph does not delete stays on the list, and is tried again until it is gone', async () => {
    await issueByCallback(helpdesk);
    await helpdesk.says(ADA, 'lockdown on strange calls');
    const path = '/**/temporaryAccessPassMethods/*';
    helpdesk.tenant.control.fault({ kind: 'status', status: 503, method: 'DELETE', path, times: 1 });
    await helpdesk.presses(ADA, 'take-back-passes');
    assert.equal(helpdesk.livePasses(), 1);
    assert.match(words(await helpdesk.says(ADA, 'mode')), /No pass still works. 1 more is being deleted/);
    await helpdesk.tick();
    assert.equal(helpdesk.livePasses(), 0);
  });

  it('a technician can take back a pass, too, and a case that waits for Issue stays where it is', async () => {
    await issueByCallback(helpdesk, LENA, TESS);
    await callBack(helpdesk, NOAH, TOM);
    await helpdesk.says(ADA, 'lockdown on strange calls');
    await helpdesk.presses(TESS, 'withdraw-pass');
    assert.equal(helpdesk.livePasses(), 0);
    assert.match((await helpdesk.says(TOM, 'case 2')).headline, /Issue the pass/);
  });

  it('nobody but a lead sees the passes or can take them back, and the attempt is written down', async () => {
    await issueByCallback(helpdesk);
    await helpdesk.says(ADA, 'lockdown on strange calls');
    assert.doesNotMatch(words(await helpdesk.says(TOM, 'mode')), /still work|Lena/);
    assert.ok(!sees(helpdesk, TOM, 'take-back-passes'));
    await forge(helpdesk, TOM, 'take-back-passes', { verb: 'take-back-passes' });
    await forge(helpdesk, LENA, 'take-back-passes', { verb: 'take-back-passes' });
    assert.equal(helpdesk.livePasses(), 1);
    const refused = (await written(helpdesk, 'access.refused')).map(({ actor, detail }) => [actor, detail['asked']]);
    assert.deepEqual(refused, [
      [LENA.id, 'take-back-passes'],
      [TOM.id, 'take-back-passes'],
    ]);
    assert.equal(await standsAt(helpdesk), 'awaiting-backup-method');
  });
});
