/** Two whole bots on one ledger: what people do reaches now one and now the other, as a load balancer would have it. */
import assert from 'node:assert/strict';
import { ADA, LENA, openHelpdesk, TESS, type Helpdesk } from './helpdesk.ts';
import { callBack, headlines, issueByCallback, secondLook, words, written } from './steps.ts';

describe('Two bots on one ledger', () => {
  let helpdesk: Helpdesk;
  let turns = 0;
  let reaches: 'each-in-turn' | 'first' | 'other' = 'each-in-turn';
  beforeEach(async () => {
    reaches = 'each-in-turn';
    helpdesk = await openHelpdesk({
      twoBots: true,
      through(first) {
        turns += 1;
        const isOther = reaches === 'each-in-turn' ? turns % 2 === 0 : reaches === 'other';
        return isOther ? helpdesk.otherBot().origin : first;
      },
    });
  });
  afterEach(() => helpdesk.close());

  const intents = async (): Promise<readonly unknown[]> =>
    (await helpdesk.ledger()).filter(({ code }) => code.endsWith('.intent')).map(({ intentId }) => intentId);
  const outcomes = async (): Promise<readonly unknown[]> =>
    (await helpdesk.ledger()).filter(({ code }) => code.endsWith('.outcome')).map(({ intentId }) => intentId);

  it('work one case together: one pass, shown once, and every intent with one outcome', async () => {
    await issueByCallback(helpdesk);
    await helpdesk.tick();
    assert.equal(helpdesk.passOrders(), 1);
    assert.equal(helpdesk.livePasses(), 1);
    assert.equal((await written(helpdesk, 'case.opened')).length, 1);
    helpdesk.pass(9 * 60);
    await helpdesk.tick();
    await secondLook(helpdesk);
    assert.equal(helpdesk.livePasses(), 0, 'and when its time is over, one of them deletes it');
    assert.deepEqual([...(await outcomes())].sort(), [...(await intents())].sort());
  });

  it('obey a lockdown that a lead set at the other one, in the very next step', async () => {
    reaches = 'other';
    await callBack(helpdesk);
    reaches = 'first';
    await helpdesk.says(ADA, 'lockdown on strange calls');
    reaches = 'other';
    await helpdesk.presses(TESS, 'issue-pass');
    assert.equal(helpdesk.passOrders(), 0);
    assert.match(words(helpdesk.card(TESS)), /lockdown/i);
  });

  it('alarm the leads once about what both of them see', async () => {
    reaches = 'other';
    await callBack(helpdesk);
    await helpdesk.presses(TESS, 'issue-pass');
    await helpdesk.presses(TESS, 'pass-read-out');
    await helpdesk.presses(LENA, 'not-me');
    for (let minute = 0; minute < 3; minute += 1) await secondLook(helpdesk);
    assert.equal(headlines(helpdesk, ADA).filter((headline) => headline.startsWith('Alarm')).length, 1);
    assert.equal(helpdesk.livePasses(), 0);
  });
});
