import assert from 'node:assert/strict';
import { ABEL, ADA, LENA, openHelpdesk, TESS, type Helpdesk } from './helpdesk.ts';
import { headlines, issueByCallback, secondLook, written } from './steps.ts';

const ALARM = 'Alarm: a pass that nobody created through Hardline';

describe('A pass that was created elsewhere while the bot was stopped', () => {
  let helpdesk: Helpdesk;
  beforeEach(async () => {
    helpdesk = await openHelpdesk();
    await helpdesk.says(ADA, 'help'); // a lead, known from here on
    await issueByCallback(helpdesk);
    await helpdesk.presses(TESS, 'withdraw-pass');
    await secondLook(helpdesk);
    assert.equal(helpdesk.livePasses(), 0);
    await helpdesk.presses(TESS, 'abandon', { because: 'caller-hung-up' });
    assert.equal((await written(helpdesk, 'case.abandoned')).length, 1);
  });
  afterEach(() => helpdesk.close());
  const restart = async (): Promise<void> => {
    await helpdesk.stopBot();
    await helpdesk.startBot();
    await helpdesk.bot().whenIdle();
  };
  const alarms = (): number => headlines(helpdesk, ADA).filter((headline) => headline === ALARM).length;

  it('is found at the start for a caller of the last 30 days, and the leads are alarmed once, however often it starts', async () => {
    await helpdesk.stopBot();
    helpdesk.tenant.control.passFromElsewhere({ user: LENA.id, by: ABEL.id });
    await helpdesk.startBot();
    await helpdesk.bot().whenIdle();
    assert.equal(alarms(), 1);
    const [outcome] = await written(helpdesk, 'alarm.leads.outcome');
    assert.equal(outcome?.detail['outcome'], 'reached 1 of 1');
    assert.ok(helpdesk.logLines().some((line) => line.includes('a caller has a pass that no case explains')));
    await restart();
    assert.equal(alarms(), 1);
  });

  it('is not confused with passes of our own, nor with none', async () => {
    await restart();
    assert.equal(alarms(), 0);
  });

  it('is said to be unread in the log when Graph does not tell', async () => {
    await helpdesk.stopBot();
    helpdesk.tenant.control.fault({
      ...{ kind: 'status', status: 503, method: 'GET', path: '/**/temporaryAccessPassMethods', times: 50 },
    });
    await helpdesk.startBot();
    await helpdesk.bot().whenIdle();
    assert.ok(helpdesk.logLines().some((line) => line.includes('the passes of some callers could not be read')));
    assert.equal(alarms(), 0);
  });
});
