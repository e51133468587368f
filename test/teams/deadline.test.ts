// A turn from its arrival to the last byte of its answer: how much time it has, and what happens when nobody waits any more.
import assert from 'node:assert/strict';
import { once } from 'node:events';
import { request as httpRequest, type ClientRequest } from 'node:http';
import { mock } from 'node:test';
import type { Deadline } from '../../src/casework/ports/runtime.ts';
import type { Delivery } from '../../src/casework/ports/messenger.ts';
import { openTestTime, type TestTime } from '../test-time.ts';
import { failing, hanging } from './fake-connector.ts';
import { actionActivity, cardMessage, messageActivity, openHarness, passAnswer, type Harness } from './harness.ts';

const ISSUE = ['issue-pass', { case: 12, v: 3 }] as const;

describe('The time of a turn', () => {
  let time: TestTime;
  let harness: Harness;
  beforeEach(async () => {
    time = openTestTime();
    const { timing } = time;
    harness = await openHarness(
      { kind: 'loopback-only' },
      { timing, now: timing.clock, wait: (milliseconds) => time.wait(milliseconds), after: timing.after },
    );
  });
  afterEach(async () => {
    await harness.close();
    time.end();
  });

  /** A request on a connection of its own, which the test can close. */
  const begin = (length: number): { readonly client: ClientRequest; readonly received: () => string } => {
    const headers = { 'content-type': 'application/json', 'content-length': length };
    const client = httpRequest(`${harness.origin}/api/messages`, { method: 'POST', agent: false, headers });
    let text = '';
    client.on('error', () => undefined);
    client.on('response', (response) => response.on('data', (chunk: Buffer) => (text += chunk.toString('utf8'))));
    return { client, received: () => text };
  };
  const open = (activity: unknown): ReturnType<typeof begin> => {
    const bytes = JSON.stringify(activity);
    const begun = begin(Buffer.byteLength(bytes));
    begun.client.end(bytes);
    return begun;
  };
  /** The turn of the next click, and what to answer it with. */
  const nextClick = () => {
    const answer = Promise.withResolvers<ReturnType<typeof passAnswer>>();
    const turn = Promise.withResolvers<{ readonly deadline: Deadline }>();
    harness.casework.onAction = (given) => {
      turn.resolve(given);
      return answer.promise;
    };
    return { answer, turn: turn.promise };
  };

  it('is eight seconds, and begins when the request arrives, not when its body is there', async () => {
    const click = nextClick();
    const bytes = JSON.stringify(actionActivity(harness, ...ISSUE));
    const { client } = begin(Buffer.byteLength(bytes));
    client.write(bytes.slice(0, 10));
    await time.until(time.wait(1500));
    client.end(bytes.slice(10));
    const { deadline } = await click.turn;
    assert.equal(deadline.left(), 6500);
    await time.until(once(deadline.signal, 'abort'));
    assert.deepEqual([time.timing.clock(), deadline.left()], [8000, 0]);
    click.answer.resolve(passAnswer('CANARY-4711'));
  });

  it('is over as soon as the client closes the connection', async () => {
    const click = nextClick();
    const { client } = open(actionActivity(harness, ...ISSUE));
    const { deadline } = await click.turn;
    assert.equal(deadline.signal.aborted, false);
    client.destroy();
    await once(deadline.signal, 'abort');
    assert.equal(deadline.left(), 0);
    click.answer.resolve(passAnswer('CANARY-4711'));
  });

  it('a pass that was handed over is not lost, also when the client closes the connection afterwards', async () => {
    let lost = 0;
    harness.casework.onAction = () => Promise.resolve(passAnswer('CANARY-4711', () => (lost += 1)));
    const { client, received } = open(actionActivity(harness, ...ISSUE));
    await time.quiet();
    assert.match(received(), /CANARY-4711/);
    client.destroy();
    await time.quiet();
    assert.equal(lost, 0);
  });

  it('a pass is lost when the connection is closed before its answer was written: casework is told once', async () => {
    let lost = 0;
    const click = nextClick();
    const { client, received } = open(actionActivity(harness, ...ISSUE));
    await click.turn;
    client.destroy();
    await time.quiet();
    click.answer.resolve(passAnswer('CANARY-4711', () => (lost += 1)));
    await time.quiet();
    assert.deepEqual([lost, received()], [1, '']);
  });

  it('a pass is lost when the client goes in the very moment in which it is written', async () => {
    let lost = 0;
    const click = nextClick();
    const { client } = open(actionActivity(harness, ...ISSUE));
    await click.turn;
    client.destroy();
    click.answer.resolve(passAnswer('CANARY-4711', () => (lost += 1)));
    await time.quiet();
    assert.equal(lost, 1);
  });

  for (const [where, fields] of [
    ['in a group', { conversation: { id: '19:group', conversationType: 'groupChat', isGroup: true } }],
    [
      'in a message, to an old client',
      { type: 'message', name: undefined, value: { verb: 'issue-pass', case: 12, v: 3 } },
    ],
  ] as const) {
    it(`a pass that must not be shown ${where} is lost, too`, async () => {
      let lost = 0;
      harness.casework.onAction = () => Promise.resolve(passAnswer('CANARY-4711', () => (lost += 1)));
      const { text } = await harness.post(actionActivity(harness, ...ISSUE, fields));
      assert.doesNotMatch(text, /CANARY/);
      assert.equal(lost, 1);
    });
  }

  it('a reply that Teams does not take in time goes on after the turn, and its card is known afterwards', async () => {
    const continued: unknown[] = [];
    harness.casework.onMessage = () =>
      Promise.resolve([
        { cardMessage: cardMessage('found'), cardOf: null, continueAt: (place) => continued.push(place) },
      ]);
    harness.connector.script.push(failing(429, 'Throttled', { 'retry-after': '20' }));
    const answered = harness.post(messageActivity(harness, 'Lena is locked out'));
    const { status } = await time.until(answered);
    assert.deepEqual([status, time.timing.clock(), continued], [200, 8000, []]);
    await time.until(harness.whenIdle());
    assert.equal(time.timing.clock(), 20_000);
    assert.deepEqual(continued, [{ conversation: 'a:chat-tess', activity: 'message-2' }]);
  });

  it('a card update that is not wanted any more is never sent again, whatever it waits for', async () => {
    await harness.post(messageActivity(harness, 'hello'));
    const to = harness.casework.turns[0]?.where.conversation;
    assert.ok(to !== undefined);
    const place = { conversation: 'a:chat-tess', activity: 'card-7' };
    for (const trouble of [failing(429, 'Throttled', { 'retry-after': '20' }), hanging]) {
      harness.connector.script.push(trouble);
      harness.connector.written.length = 0;
      const began = time.timing.clock();
      const stop = new AbortController();
      time.timing.after(1000, () => stop.abort());
      const delivery: Delivery = await time.until(
        harness.messenger.replace(to, place, cardMessage('late'), stop.signal),
      );
      assert.deepEqual(delivery, { kind: 'not-delivered', why: 'canceled' });
      assert.equal(time.timing.clock() - began, 1000);
      await time.until(time.wait(60_000));
      assert.equal(harness.connector.written.length, 1);
    }
    const over = await harness.messenger.replace(to, place, cardMessage('late'), AbortSignal.abort());
    assert.deepEqual([over.kind, harness.connector.written.length], ['not-delivered', 1]);
  });
});

describe('While an answer takes long', () => {
  it('the framework sends no typing indicators of its own', async () => {
    const harness = await openHarness();
    mock.timers.enable({ apis: ['setTimeout'] });
    try {
      const slow = Promise.withResolvers<undefined>();
      const started = Promise.withResolvers<undefined>();
      harness.casework.onMessage = async () => {
        started.resolve(undefined);
        await slow.promise;
        return [{ cardMessage: cardMessage('found'), cardOf: null }];
      };
      const answered = harness.post(messageActivity(harness, 'Lena is locked out'));
      await started.promise;
      for (let second = 0; second < 8; second += 1) {
        mock.timers.tick(1000);
        for (let turn = 0; turn < 25; turn += 1) await new Promise((resolve) => setImmediate(resolve));
      }
      slow.resolve(undefined);
      mock.timers.tick(1000);
      await answered;
      await harness.whenIdle();
      assert.deepEqual(
        harness.connector.written.map(({ body }) => body['type']),
        ['message'],
      );
    } finally {
      mock.timers.reset();
      await harness.close();
    }
  });
});
