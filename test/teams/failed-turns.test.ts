import assert from 'node:assert/strict';
import { Fault } from '../../src/casework/ports/fault.ts';
import { failing, hanging } from './fake-connector.ts';
import type { Harness } from './harness.ts';
import { cardMessage, openHarness, actionActivity, messageActivity } from './harness.ts';

describe('a turn that fails or takes long', () => {
  let harness: Harness;
  beforeEach(async () => (harness = await openHarness()));
  afterEach(() => harness.close());

  it('answers a message that failed with an apology and a reference, never with the error', async () => {
    harness.casework.onMessage = () => Promise.reject(new Error('SECRET inner detail about Lena Hartmann'));
    const { status, text } = await harness.post(messageActivity(harness, 'help'));
    assert.deepEqual([status, text], [200, '']);
    assert.equal(harness.connector.written[0]?.body['summary'], 'Sorry. Reference ref-1');
    assert.doesNotMatch(JSON.stringify([harness.connector.written, harness.log]), /SECRET|Hartmann/);
    const line = harness.log.find(({ fields }) => fields['reference'] === 'ref-1');
    assert.ok(line);
    assert.equal(line.fields['error'], 'Error');
    assert.match(String(line.fields['at']), /failed-turns\.test\.ts/);
  });

  it('answers a click that failed with an apology above the card, so that the button can be pressed again', async () => {
    harness.casework.onAction = () => Promise.reject(new Fault('directory-timeout', { internal: 'GET users: 504' }));
    const { status, body } = await harness.post(actionActivity(harness, 'read-again', {}));
    assert.equal(status, 200);
    assert.deepEqual(body, {
      statusCode: 200,
      type: 'application/vnd.microsoft.activity.message',
      value: 'Sorry. Reference ref-1',
    });
    assert.deepEqual(harness.connector.written, []);
    assert.equal(harness.log[0]?.fields['internal'], 'GET users: 504');
  });

  it('tries a message to Teams once within a turn: a 500 may have been delivered', async () => {
    for (const status of [500, 502, 503, 504]) harness.connector.script.push(failing(status));
    const { status, text } = await harness.post(messageActivity(harness, 'help'));
    assert.deepEqual([status, text], [200, '']);
    // The card, and the apology for it; each once.
    assert.deepEqual(
      harness.connector.written.map(({ body }) => body['summary']),
      ['heard', 'Sorry. Reference ref-1'],
    );
  });

  it('does not follow the connector to another address', async () => {
    const moved = `${harness.connector.serviceUrl}/elsewhere`;
    harness.connector.script.push((response) => {
      response.writeHead(307, { location: moved });
      response.end();
    });
    await harness.post(messageActivity(harness, 'help'));
    assert.equal(
      harness.connector.written.some(({ path }) => path.includes('elsewhere')),
      false,
    );
  });

  it('shows that it is typing when an answer takes long, and not when it is quick', async () => {
    const slow = Promise.withResolvers<undefined>();
    const started = Promise.withResolvers<undefined>();
    harness.casework.onMessage = async () => {
      started.resolve(undefined);
      await slow.promise;
      return [{ cardMessage: cardMessage('found'), cardOf: null }];
    };
    const sign = Promise.withResolvers<undefined>();
    harness.connector.script.push((response) => {
      response.writeHead(202, { 'content-type': 'application/json' });
      response.end('{}');
      sign.resolve(undefined);
    });
    const answered = harness.post(messageActivity(harness, 'Lena is locked out'));
    await started.promise;
    harness.ringTimers();
    await sign.promise;
    slow.resolve(undefined);
    await answered;
    harness.ringTimers();
    assert.deepEqual(
      harness.connector.written.map(({ body }) => body['type']),
      ['typing', 'message'],
    );
  });

  it('answers although the typing indicator could not be delivered', async () => {
    harness.casework.onMessage = () => {
      harness.ringTimers();
      return Promise.resolve([{ cardMessage: cardMessage('found'), cardOf: null }]);
    };
    harness.connector.script.push(failing(403, 'BotNotInConversationRoster'));
    await harness.post(messageActivity(harness, 'Lena is locked out'));
    assert.equal(harness.connector.written.length, 2);
    assert.equal(
      harness.log.some(({ level }) => level === 'error'),
      false,
    );
  });
});

describe('a connector that does not answer', () => {
  it('ends the turn in time, with an apology', async () => {
    const harness = await openHarness({ kind: 'loopback-only' }, { connectorTimeoutMilliseconds: 40 });
    harness.connector.script.push(hanging);
    const { status } = await harness.post(messageActivity(harness, 'help'));
    assert.equal(status, 200);
    assert.equal(harness.connector.written.length, 2);
    assert.ok(harness.log.some(({ fields }) => fields['fault'] === 'teams-unreachable'));
    await harness.close();
  });
});
