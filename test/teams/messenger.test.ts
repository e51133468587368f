import assert from 'node:assert/strict';
import type { ConversationKey } from '../../src/casework/ports.ts';
import type { PersonId } from '../../src/procedure/facts.ts';
import { failing, hanging } from './fake-connector.ts';
import type { House } from './house.ts';
import { letter, openHouse, said, TENANT, TESS } from './house.ts';

const PLACE = { conversation: 'a:chat-tess', activity: 'card-7' };

describe('writing to a person outside their turn', () => {
  let house: House;
  let key: ConversationKey;
  beforeEach(async () => {
    house = await openHouse();
    await house.post(said(house, 'hello'));
    const [turn] = house.casework.turns;
    assert.ok(turn);
    key = turn.where.conversation;
    house.connector.written.length = 0;
  });
  afterEach(() => house.close());

  const changed = (change: (reference: Record<string, unknown>) => void): ConversationKey => {
    const reference = JSON.parse(key.reference) as Record<string, unknown>;
    change(reference);
    return { ...key, reference: JSON.stringify(reference) };
  };

  it('is delivered when the channel gives the message an id, and says where it stands', async () => {
    assert.deepEqual(await house.messenger.send(key, letter('notice')), {
      kind: 'delivered',
      place: { conversation: 'a:chat-tess', activity: 'message-1' },
    });
    const [written] = house.connector.written;
    assert.deepEqual(
      [written?.method, written?.path],
      ['POST', '/connector/v3/conversations/a%3Achat-tess/activities'],
    );
    assert.equal(written?.body['replyToId'], undefined);
    assert.equal(written?.body['summary'], 'notice');
  });

  it('replaces a card in place', async () => {
    assert.deepEqual(await house.messenger.replace(key, PLACE, letter('later')), { kind: 'delivered', place: PLACE });
    const [written] = house.connector.written;
    assert.equal(written?.method, 'PUT');
    assert.equal(written.path, '/connector/v3/conversations/a%3Achat-tess/activities/card-7');
  });

  it('is not delivered when the channel accepts it but gives no id', async () => {
    house.connector.script.push((response) => {
      response.writeHead(201, { 'content-type': 'application/json' });
      response.end('{}');
    });
    assert.deepEqual(await house.messenger.send(key, letter('notice')), { kind: 'not-delivered', why: 'unreachable' });
    assert.equal(house.connector.written.length, 1);
  });

  const verdicts: readonly (readonly [number, string, string])[] = [
    [403, 'BotNotInConversationRoster', 'not-installed'],
    [404, 'ConversationNotFound', 'not-installed'],
    [401, 'BotNotRegistered', 'not-installed'],
    [403, 'ConversationBlockedByUser', 'blocked'],
    [403, 'BotDisabledByAdmin', 'blocked'],
    [404, 'ActivityNotFoundInConversation', 'unreachable'],
    [400, 'BadArgument', 'unreachable'],
    [413, 'MessageSizeTooBig', 'unreachable'],
    [500, 'ServiceError', 'unreachable'],
  ];
  for (const [status, code, why] of verdicts) {
    it(`takes ${status} ${code} for "${why}", without asking twice`, async () => {
      house.connector.script.push(failing(status, code), failing(status, code));
      assert.deepEqual(await house.messenger.send(key, letter('notice')), { kind: 'not-delivered', why });
      assert.deepEqual(await house.messenger.replace(key, PLACE, letter('later')), { kind: 'not-delivered', why });
      assert.equal(house.connector.written.length, 2);
    });
  }

  for (const status of [412, 429, 502, 503, 504]) {
    it(`asks again after ${status}, three times at most`, async () => {
      house.connector.script.push(failing(status), failing(status), failing(status));
      assert.equal((await house.messenger.send(key, letter('notice'))).kind === 'delivered', true);
      assert.deepEqual(house.waits, [500, 1000, 2000]);
      for (let times = 0; times < 5; times += 1) house.connector.script.push(failing(status));
      const why = status === 429 ? 'throttled' : 'unreachable';
      assert.deepEqual(await house.messenger.send(key, letter('notice')), { kind: 'not-delivered', why });
      assert.equal(house.connector.written.length, 8);
    });
  }

  it('waits as long as a throttled channel asks, and gives up when that is too long', async () => {
    house.connector.script.push(failing(429, 'Throttled', { 'retry-after': '7' }));
    assert.equal((await house.messenger.send(key, letter('notice'))).kind === 'delivered', true);
    assert.deepEqual(house.waits, [7000]);
    house.connector.script.push(failing(429, 'Throttled', { 'retry-after': '600' }));
    assert.deepEqual(await house.messenger.send(key, letter('notice')), { kind: 'not-delivered', why: 'throttled' });
  });

  it('writes to one chat no faster than Teams allows', async () => {
    // Seven in a second, and the answer to the first message was one of them.
    for (let messages = 0; messages < 7; messages += 1) await house.messenger.send(key, letter('notice'));
    assert.deepEqual(house.waits, [1000]);
  });

  it('does not write to an address that is not accepted, though it was stored', async () => {
    for (const serviceUrl of ['https://evil.example/', 'http://10.0.0.5/connector', '', 7]) {
      const to = changed((reference) => (reference['serviceUrl'] = serviceUrl));
      assert.deepEqual(await house.messenger.send(to, letter('notice')), { kind: 'not-delivered', why: 'unreachable' });
      assert.equal(house.log.at(-1)?.message, 'a chat cannot be written to'); // it was not even tried
    }
    assert.deepEqual(house.connector.written, []);
  });

  it('does not write to a group, to another person’s chat, or by a reference that is none', async () => {
    const group = { id: '19:group', conversationType: 'groupChat', tenantId: TENANT };
    const keys: ConversationKey[] = [
      changed((reference) => (reference['conversation'] = group)),
      { ...key, person: TESS.replace(/1$/, '2') as PersonId },
      { ...key, reference: 'not json' },
      { ...key, reference: 'null' },
      changed((reference) => delete reference['user']),
    ];
    for (const to of keys) {
      assert.deepEqual(await house.messenger.send(to, letter('notice')), { kind: 'not-delivered', why: 'unreachable' });
    }
    assert.deepEqual(house.connector.written, []);
  });

  it('does not replace a card that stands in another chat', async () => {
    const place = { conversation: 'a:chat-tom', activity: 'card-7' };
    assert.equal((await house.messenger.replace(key, place, letter('later'))).kind === 'delivered', false);
    assert.deepEqual(house.connector.written, []);
  });

  it('logs why a message was not delivered, and nothing of the message', async () => {
    house.connector.script.push(failing(403, 'BotDisabledByAdmin'));
    await house.messenger.send(key, letter('about Lena Hartmann'));
    assert.deepEqual(house.log.at(-1), {
      level: 'warn',
      fields: { why: 'blocked', status: 403, code: 'BotDisabledByAdmin', retries: 0 },
      message: 'not delivered',
    });
    assert.doesNotMatch(JSON.stringify(house.log), /Hartmann|connector says/);
  });
});

describe('writing to a person through a connector that is not there', () => {
  it('gives up in time when nothing is answered, and at once when nobody listens', async () => {
    const house = await openHouse({ kind: 'loopback-only' }, { connectorTimeoutMilliseconds: 40 });
    await house.post(said(house, 'hello'));
    const [turn] = house.casework.turns;
    assert.ok(turn);
    house.connector.script.push(hanging);
    const to = turn.where.conversation;
    assert.deepEqual(await house.messenger.send(to, letter('notice')), { kind: 'not-delivered', why: 'unreachable' });
    await house.connector.close();
    assert.deepEqual(await house.messenger.send(to, letter('notice')), { kind: 'not-delivered', why: 'unreachable' });
    await house.close();
  });
});
