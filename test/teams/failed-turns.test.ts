import assert from 'node:assert/strict';
import { Fault } from '../../src/casework/fault.ts';
import { failing, hanging } from './fake-connector.ts';
import type { House } from './house.ts';
import { letter, openHouse, pressed, said } from './house.ts';

describe('a turn that fails or takes long', () => {
  let house: House;
  beforeEach(async () => (house = await openHouse()));
  afterEach(() => house.close());

  it('answers a message that failed with an apology and a reference, never with the error', async () => {
    house.casework.said = () => Promise.reject(new Error('SECRET inner detail about Lena Hartmann'));
    const { status, text } = await house.post(said(house, 'help'));
    assert.deepEqual([status, text], [200, '']);
    assert.equal(house.connector.written[0]?.body['summary'], 'Sorry. Reference ref-1');
    assert.doesNotMatch(JSON.stringify([house.connector.written, house.log]), /SECRET|Hartmann/);
    const line = house.log.find(({ fields }) => fields['reference'] === 'ref-1');
    assert.ok(line);
    assert.equal(line.fields['error'], 'Error');
    assert.match(String(line.fields['at']), /failed-turns\.test\.ts/);
  });

  it('answers a click that failed with an apology above the card, so that the button can be pressed again', async () => {
    house.casework.pressed = () =>
      Promise.reject(new Fault('directory-timeout', { public: 'Try again.', internal: 'GET users: 504' }));
    const { status, body } = await house.post(pressed(house, 'read-again', {}));
    assert.equal(status, 200);
    assert.deepEqual(body, {
      statusCode: 200,
      type: 'application/vnd.microsoft.activity.message',
      value: 'Sorry. Reference ref-1',
    });
    assert.deepEqual(house.connector.written, []);
    assert.equal(house.log[0]?.fields['internal'], 'GET users: 504');
  });

  it('tries a message to Teams once within a turn: a 500 may have been delivered', async () => {
    for (const status of [500, 502, 503, 504]) house.connector.script.push(failing(status));
    const { status, text } = await house.post(said(house, 'help'));
    assert.deepEqual([status, text], [200, '']);
    // The letter, and the apology for it; each once.
    assert.deepEqual(
      house.connector.written.map(({ body }) => body['summary']),
      ['heard', 'Sorry. Reference ref-1'],
    );
  });

  it('does not follow the connector to another address', async () => {
    const moved = `${house.connector.serviceUrl}/elsewhere`;
    house.connector.script.push((response) => {
      response.writeHead(307, { location: moved });
      response.end();
    });
    await house.post(said(house, 'help'));
    assert.equal(
      house.connector.written.some(({ path }) => path.includes('elsewhere')),
      false,
    );
  });

  it('shows that it is typing when an answer takes long, and not when it is quick', async () => {
    const slow = Promise.withResolvers<undefined>();
    const started = Promise.withResolvers<undefined>();
    house.casework.said = async () => {
      started.resolve(undefined);
      await slow.promise;
      return [{ letter: letter('found'), cardOf: null }];
    };
    const sign = Promise.withResolvers<undefined>();
    house.connector.script.push((response) => {
      response.writeHead(202, { 'content-type': 'application/json' });
      response.end('{}');
      sign.resolve(undefined);
    });
    const answered = house.post(said(house, 'Lena is locked out'));
    await started.promise;
    house.ringTimers();
    await sign.promise;
    slow.resolve(undefined);
    await answered;
    house.ringTimers();
    assert.deepEqual(
      house.connector.written.map(({ body }) => body['type']),
      ['typing', 'message'],
    );
  });

  it('answers although the sign of typing could not be delivered', async () => {
    house.casework.said = () => {
      house.ringTimers();
      return Promise.resolve([{ letter: letter('found'), cardOf: null }]);
    };
    house.connector.script.push(failing(403, 'BotNotInConversationRoster'));
    await house.post(said(house, 'Lena is locked out'));
    assert.equal(house.connector.written.length, 2);
    assert.equal(
      house.log.some(({ level }) => level === 'error'),
      false,
    );
  });
});

describe('a connector that does not answer', () => {
  it('ends the turn in time, with an apology', async () => {
    const house = await openHouse({ kind: 'loopback-only' }, { connectorTimeoutMilliseconds: 40 });
    house.connector.script.push(hanging);
    const { status } = await house.post(said(house, 'help'));
    assert.equal(status, 200);
    assert.equal(house.connector.written.length, 2);
    assert.ok(house.log.some(({ fields }) => fields['fault'] === 'teams-unreachable'));
    await house.close();
  });
});
