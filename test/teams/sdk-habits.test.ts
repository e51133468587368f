import assert from 'node:assert/strict';
import { mock } from 'node:test';
import { actionActivity, cardMessage, messageActivity, openHarness, type Harness } from './harness.ts';

describe('What the bot keeps the SDK from doing', () => {
  let harness: Harness;
  beforeEach(async () => (harness = await openHarness()));
  afterEach(() => harness.close());

  it('a typing sign of its own, every second: the bot decides when it shows that it is typing', async () => {
    const [started, slow] = [Promise.withResolvers<undefined>(), Promise.withResolvers<undefined>()];
    harness.casework.onMessage = async () => {
      started.resolve(undefined);
      await slow.promise;
      return [{ cardMessage: cardMessage('found'), cardOf: null }];
    };
    mock.timers.enable({ apis: ['setTimeout'] });
    try {
      const answered = harness.post(messageActivity(harness, 'Lena is locked out'));
      await started.promise;
      mock.timers.tick(5_000);
      slow.resolve(undefined);
      await answered;
    } finally {
      mock.timers.reset();
    }
    assert.deepEqual(
      harness.connector.written.map(({ body }) => body['type']),
      ['message'],
    );
  });
});

describe('Two chats in which an activity has the same id', () => {
  let harness: Harness;
  const handled = new Set<string>();
  beforeEach(async () => {
    harness = await openHarness();
    handled.clear();
    // As casework does with its ledger: the first arrival of an activity is handled, every other one is answered with null.
    harness.casework.onMessage = ({ activityId }) => {
      if (handled.has(activityId)) return Promise.resolve(null);
      handled.add(activityId);
      return Promise.resolve([{ cardMessage: cardMessage('heard'), cardOf: null }]);
    };
  });
  afterEach(() => harness.close());

  const in_ = (chat: string) => ({ id: '1732180000000', conversation: { id: chat, conversationType: 'personal' } });

  it('are both answered: Teams counts in milliseconds, and two technicians can write in the same one', async () => {
    for (const chat of ['a:tess', 'a:omar', 'a:tess']) {
      assert.equal((await harness.post(messageActivity(harness, 'help', in_(chat)))).status, 200);
    }
    assert.equal(harness.connector.written.length, 2);
  });

  it('are both answered when a button of an old client was pressed in them', async () => {
    const press = (chat: string) => {
      const { value: _value, name: _name, ...activity } = actionActivity(harness, 'read-again', {}, in_(chat));
      return harness.post({ ...activity, type: 'message', value: { verb: 'read-again' } });
    };
    for (const chat of ['a:tess', 'a:omar', 'a:tess']) assert.equal((await press(chat)).status, 200);
    assert.deepEqual(
      harness.casework.turns.map(({ kind }) => kind),
      ['action', 'action'],
    );
  });
});
