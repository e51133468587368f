import assert from 'node:assert/strict';
import { authenticatedChannel } from './authenticated-channel.ts';
import { publishKeys, seconds } from './channel-keys.ts';
import { FORGED_ACTIVITIES } from './forged-activities.ts';
import { openHarness, actionActivity, cardMessage, messageActivity } from './harness.ts';

describe('a request whose body is not the channel’s', () => {
  const { keys, harness, url, post, isRefused } = authenticatedChannel();

  for (const { name, status, code, activity, claimed } of FORGED_ACTIVITIES) {
    it(`is refused with ${status}: ${name}`, async () => {
      const token = await keys().token(claimed ?? url());
      await isRefused(status, code, post(`Bearer ${token}`, activity(harness())));
    });
  }
});

describe('a request from the channel', () => {
  it('is handled: a message, a click, and a notice that the app was installed', async () => {
    const keys = await publishKeys();
    const harness = await openHarness(keys.mode);
    const authorization = `Bearer ${await keys.token(harness.connector.serviceUrl)}`;
    const installed = { ...messageActivity(harness, ''), type: 'installationUpdate', action: 'add' };
    const answers = [];
    for (const activity of [messageActivity(harness, 'help'), actionActivity(harness, 'done'), installed]) {
      answers.push((await harness.post(activity, { authorization })).status);
    }
    assert.deepEqual(answers, [200, 200, 200]);
    assert.deepEqual(
      harness.casework.turns.map(({ kind }) => kind),
      ['message', 'action', 'install'],
    );
    assert.deepEqual(
      harness.connector.written.map(({ headers }) => headers.authorization),
      ['Bearer bot-token', 'Bearer bot-token'],
    );
    await harness.close();
    await keys.close();
  });

  it('is handled while the clock of the channel is up to five minutes off, and no more', async () => {
    const keys = await publishKeys();
    const harness = await openHarness(keys.mode);
    const printed: unknown[][] = [];
    const consoleError = console.error;
    console.error = (...line) => void printed.push(line);
    const token = async (exp: number) =>
      `Bearer ${await keys.token(harness.connector.serviceUrl, { exp: seconds(exp) })}`;
    const four = await harness.post(messageActivity(harness, 'help'), { authorization: await token(-240) });
    const six = await harness.post(messageActivity(harness, 'help'), { authorization: await token(-360) });
    console.error = consoleError;
    assert.deepEqual([four.status, six.status, printed], [200, 401, []]);
    await harness.close();
    await keys.close();
  });

  it('acts once when it is replayed', async () => {
    const keys = await publishKeys();
    const harness = await openHarness(keys.mode);
    const authorization = `Bearer ${await keys.token(harness.connector.serviceUrl)}`;
    const accepted = new Set<string>();
    // As casework does with its ledger: the first arrival of an activity is handled, every other one is answered with null.
    harness.casework.onMessage = ({ activityId }) => {
      if (accepted.has(activityId)) return Promise.resolve(null);
      accepted.add(activityId);
      return Promise.resolve([{ cardMessage: cardMessage('heard'), cardOf: null }]);
    };
    const message = messageActivity(harness, 'Lena is locked out');
    const answers = await Promise.all([1, 2, 3, 4, 5].map(() => harness.post(message, { authorization })));
    assert.deepEqual(new Set(answers.map(({ status }) => status)), new Set([200]));
    assert.deepEqual([accepted.size, harness.connector.written.length], [1, 1]);
    assert.match(await harness.registry.metrics(), /\{[^}]*outcome="repeated"[^}]*\} 4/);
    await harness.close();
    await keys.close();
  });
});
