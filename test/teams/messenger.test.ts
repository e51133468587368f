import assert from 'node:assert/strict';
import type { ConversationKey } from '../../src/casework/ports/ledger.ts';
import type { PersonId } from '../../src/procedure/facts.ts';
import { failing, hanging } from './fake-connector.ts';
import type { Harness } from './harness.ts';
import { cardMessage, openHarness, messageActivity, TENANT, TESS } from './harness.ts';

const PLACE = { conversation: 'a:chat-tess', activity: 'card-7' };

describe('writing to a person outside their turn', () => {
  let harness: Harness;
  let key: ConversationKey;
  beforeEach(async () => {
    harness = await openHarness();
    await harness.post(messageActivity(harness, 'hello'));
    const [turn] = harness.casework.turns;
    assert.ok(turn);
    key = turn.where.conversation;
    harness.connector.written.length = 0;
  });
  afterEach(() => harness.close());

  const changed = (change: (reference: Record<string, unknown>) => void): ConversationKey => {
    const reference = JSON.parse(key.reference) as Record<string, unknown>;
    change(reference);
    return { ...key, reference: JSON.stringify(reference) };
  };

  it('is delivered when the channel gives the message an id, and says where it stands', async () => {
    assert.deepEqual(await harness.messenger.send(key, cardMessage('notice')), {
      kind: 'delivered',
      place: { conversation: 'a:chat-tess', activity: 'message-1' },
    });
    const [written] = harness.connector.written;
    assert.deepEqual(
      [written?.method, written?.path],
      ['POST', '/connector/v3/conversations/a%3Achat-tess/activities'],
    );
    assert.equal(written?.body['replyToId'], undefined);
    assert.equal(written?.body['summary'], 'notice');
  });

  it('replaces a card in place', async () => {
    assert.deepEqual(await harness.messenger.replace(key, PLACE, cardMessage('later')), {
      kind: 'delivered',
      place: PLACE,
    });
    const [written] = harness.connector.written;
    assert.equal(written?.method, 'PUT');
    assert.equal(written.path, '/connector/v3/conversations/a%3Achat-tess/activities/card-7');
  });

  it('is not delivered when the channel accepts it but gives no id', async () => {
    harness.connector.script.push((response) => {
      response.writeHead(201, { 'content-type': 'application/json' });
      response.end('{}');
    });
    assert.deepEqual(await harness.messenger.send(key, cardMessage('notice')), {
      kind: 'not-delivered',
      why: 'unreachable',
    });
    assert.equal(harness.connector.written.length, 1);
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
      harness.connector.script.push(failing(status, code), failing(status, code));
      assert.deepEqual(await harness.messenger.send(key, cardMessage('notice')), { kind: 'not-delivered', why });
      assert.deepEqual(await harness.messenger.replace(key, PLACE, cardMessage('later')), {
        kind: 'not-delivered',
        why,
      });
      assert.equal(harness.connector.written.length, 2);
    });
  }

  for (const status of [412, 429, 502, 503, 504]) {
    it(`asks again after ${status}, three times at most`, async () => {
      harness.connector.script.push(failing(status), failing(status), failing(status));
      assert.equal((await harness.messenger.send(key, cardMessage('notice'))).kind === 'delivered', true);
      assert.deepEqual(harness.waits, [500, 1000, 2000]);
      for (let times = 0; times < 5; times += 1) harness.connector.script.push(failing(status));
      const why = status === 429 ? 'throttled' : 'unreachable';
      assert.deepEqual(await harness.messenger.send(key, cardMessage('notice')), { kind: 'not-delivered', why });
      assert.equal(harness.connector.written.length, 8);
    });
  }

  it('waits as long as a throttled channel asks, and gives up when that is too long', async () => {
    harness.connector.script.push(failing(429, 'Throttled', { 'retry-after': '7' }));
    assert.equal((await harness.messenger.send(key, cardMessage('notice'))).kind === 'delivered', true);
    assert.deepEqual(harness.waits, [7000]);
    harness.connector.script.push(failing(429, 'Throttled', { 'retry-after': '600' }));
    assert.deepEqual(await harness.messenger.send(key, cardMessage('notice')), {
      kind: 'not-delivered',
      why: 'throttled',
    });
  });

  it('writes to one chat no faster than Teams allows', async () => {
    // Seven in a second, and the answer to the first message was one of them.
    for (let messages = 0; messages < 7; messages += 1) await harness.messenger.send(key, cardMessage('notice'));
    assert.deepEqual(harness.waits, [1000]);
  });

  it('does not write to an address that is not accepted, though it was stored', async () => {
    for (const serviceUrl of ['https://evil.example/', 'http://10.0.0.5/connector', '', 7]) {
      const to = changed((reference) => (reference['serviceUrl'] = serviceUrl));
      assert.deepEqual(await harness.messenger.send(to, cardMessage('notice')), {
        kind: 'not-delivered',
        why: 'unreachable',
      });
      assert.equal(harness.log.at(-1)?.message, 'a chat cannot be written to'); // it was not even tried
    }
    assert.deepEqual(harness.connector.written, []);
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
      assert.deepEqual(await harness.messenger.send(to, cardMessage('notice')), {
        kind: 'not-delivered',
        why: 'unreachable',
      });
    }
    assert.deepEqual(harness.connector.written, []);
  });

  it('does not replace a card that stands in another chat', async () => {
    const place = { conversation: 'a:chat-tom', activity: 'card-7' };
    assert.equal((await harness.messenger.replace(key, place, cardMessage('later'))).kind === 'delivered', false);
    assert.deepEqual(harness.connector.written, []);
  });

  it('logs why a message was not delivered, and nothing of the message', async () => {
    harness.connector.script.push(failing(403, 'BotDisabledByAdmin'));
    await harness.messenger.send(key, cardMessage('about Lena Hartmann'));
    assert.deepEqual(harness.log.at(-1), {
      level: 'warn',
      fields: { why: 'blocked', status: 403, code: 'BotDisabledByAdmin', retries: 0 },
      message: 'not delivered',
    });
    assert.doesNotMatch(JSON.stringify(harness.log), /Hartmann|connector says/);
  });
});

describe('writing to a person through a connector that is not there', () => {
  it('gives up in time when nothing is answered, and at once when nobody listens', async () => {
    const harness = await openHarness({ kind: 'loopback-only' }, { connectorTimeoutMilliseconds: 40 });
    await harness.post(messageActivity(harness, 'hello'));
    const [turn] = harness.casework.turns;
    assert.ok(turn);
    harness.connector.script.push(hanging);
    const to = turn.where.conversation;
    assert.deepEqual(await harness.messenger.send(to, cardMessage('notice')), {
      kind: 'not-delivered',
      why: 'unreachable',
    });
    await harness.connector.close();
    assert.deepEqual(await harness.messenger.send(to, cardMessage('notice')), {
      kind: 'not-delivered',
      why: 'unreachable',
    });
    await harness.close();
  });
});
