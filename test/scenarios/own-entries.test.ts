/** What the ledger has about the bot itself: starts, stops, settings, keys, and what never got past the guard. */
import assert from 'node:assert/strict';
import { openTestTime, type TestTime } from '../test-time.ts';
import { openHelpdesk, TESS, type Helpdesk } from './helpdesk.ts';
import { written } from './steps.ts';

describe('The bot writes down about itself', function () {
  this.timeout(60_000);
  let helpdesk: Helpdesk;
  beforeEach(async () => {
    helpdesk = await openHelpdesk();
  });
  afterEach(() => helpdesk.close());

  it('every start and every stop, and how the run before ended', async () => {
    await helpdesk.stopBot();
    await helpdesk.startBot();
    const entries = (await helpdesk.ledger()).filter(({ code }) => code.startsWith('process.')).toReversed();
    assert.deepEqual(
      entries.map(({ code, detail, actor }) => [code, actor, detail['before'] ?? null]),
      [
        ['process.started', 'hardline', 'first'],
        ['process.stopped', 'hardline', null],
        ['process.started', 'hardline', 'stopped'],
      ],
    );
    assert.equal(new Set(entries.map(({ turn }) => turn)).size, 3, 'each with an id of its own');
  });

  it('its settings at the first start, and afterwards only those that changed', async () => {
    await helpdesk.stopBot();
    await helpdesk.startBot();
    assert.equal((await written(helpdesk, 'config.recorded')).length, 1);
    assert.deepEqual(await written(helpdesk, 'config.changed'), []);
    await helpdesk.stopBot();
    await helpdesk.startBot({
      HARDLINE_TURN_SECONDS: '9',
      HARDLINE_EMERGENCY_CONTACT: 'Duty phone +49 30 1234567',
      HARDLINE_GROUP_VIP: 'b0000000-0000-4000-8000-000000000006',
    });
    const [changed] = await written(helpdesk, 'config.changed');
    assert.deepEqual(changed?.detail['changed'], [
      'HARDLINE_GROUP_VIP: "b0000000-0000-4000-8000-000000000005" to "b0000000-0000-4000-8000-000000000006"',
      'HARDLINE_EMERGENCY_CONTACT',
      'HARDLINE_TURN_SECONDS: 8 to 9',
    ]);
    assert.doesNotMatch(helpdesk.disk(), /1234567/, 'a contact is no harmless value');
  });

  it('that a click came too late, with the button and the two versions of the case', async () => {
    await helpdesk.says(TESS, 'Lena Hartmann is locked out');
    const late = helpdesk.readyPress(TESS, 'tick-methods', { atHand: '' });
    await helpdesk.presses(TESS, 'tick-methods', { atHand: '' });
    await late();
    await helpdesk.bot().whenIdle();
    const [lost] = await written(helpdesk, 'case.press-lost');
    assert.deepEqual(
      [lost?.actor, lost?.caseId, lost?.detail],
      [TESS.id, 1, { asked: 'tick-methods', in: 'choosing-proof', shown: 1, current: 2 }],
    );
    const look = (await written(helpdesk, 'case.read'))[0];
    assert.equal(look?.turn, lost?.turn);
  });
});

describe('The request guard', function () {
  this.timeout(60_000);
  let time: TestTime;
  let helpdesk: Helpdesk;
  beforeEach(async () => {
    time = openTestTime();
    helpdesk = await time.until(openHelpdesk({ time }));
  });
  afterEach(async () => {
    await time.until(helpdesk.close());
    time.end();
  });

  it('leaves one entry for each kind of refusal and minute, with their number and nothing that was sent', async () => {
    const knock = (type: string, body: string): Promise<Response> =>
      time.until(
        fetch(`${helpdesk.bot().origin}/api/messages`, { method: 'POST', headers: { 'content-type': type }, body }),
      );
    for (let n = 0; n < 40; n += 1) await knock('application/json', `{"evil-${n}":`);
    for (let n = 0; n < 3; n += 1) await knock('text/plain', 'hello');
    await time.until(helpdesk.tick());
    assert.deepEqual(await written(helpdesk, 'channel.refused'), [], 'the minute is not over');
    await time.until(time.wait(60_000));
    await time.until(helpdesk.tick());
    await knock('text/plain', 'hello');
    await time.until(helpdesk.stopBot());
    await time.until(helpdesk.startBot());
    const found = (await written(helpdesk, 'channel.refused')).map(({ detail, actor, about }) => {
      const { refusal, count, status } = detail;
      return [refusal, count, status, actor, about];
    });
    assert.deepEqual(found.toReversed(), [
      ['malformed-json', 40, 400, 'hardline', null],
      ['not-json', 3, 415, 'hardline', null],
      ['not-json', 1, 415, 'hardline', null],
    ]);
    assert.doesNotMatch(helpdesk.disk(), /evil/);
  });
});
