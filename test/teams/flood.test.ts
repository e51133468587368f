import assert from 'node:assert/strict';
import { REFUSAL_CODES } from '../../src/teams/refusal.ts';
import { createRequestGuard } from '../../src/teams/request-guard.ts';
import { publishKeys, seconds, type ChannelKeys } from './channel-keys.ts';
import { messageActivity, openHarness, post, type Harness } from './harness.ts';
import { hangs, says } from './key-server.ts';

const HOUR = 60 * 60_000;

describe('Requests with tokens', () => {
  let keys: ChannelKeys;
  let harness: Harness;
  let opened: number;
  let ahead: number;
  const printed: unknown[][] = [];
  const untouched = { error: console.error, warn: console.warn, log: console.log };

  beforeEach(async () => {
    keys = await publishKeys();
    ahead = 0;
    printed.length = 0;
    for (const name of ['error', 'warn', 'log'] as const) console[name] = (...line) => void printed.push(line);
  });
  afterEach(async () => {
    Object.assign(console, untouched);
    await harness.close();
    await keys.close();
    assert.deepEqual(printed, [], 'nothing is printed past the log');
  });

  /** `patience`: milliseconds for reading the keys. Only a key server that never answers is given up early. */
  const open = async (patience = 15_000): Promise<void> => {
    opened = Date.now(); // the clock of the bot stands still, apart from what a test adds
    harness = await openHarness(keys.mode, { now: () => opened + ahead, keyTimeoutMilliseconds: patience });
  };
  const send = (token: string, headers: Record<string, string> = {}) =>
    harness.post(messageActivity(harness, 'help'), { authorization: `Bearer ${token}`, ...headers });
  const good = (claims: Record<string, unknown> = {}) => keys.token(harness.connector.serviceUrl, claims);
  const forged = () => keys.token(harness.connector.serviceUrl, {}, {}, keys.strangersKey);
  const unavailable = [503, '10', { error: { code: 'signing-keys-unavailable' } }];
  const answerTo = async (token: string): Promise<unknown[]> => {
    const { status, headers, body } = await send(token);
    return [status, headers['retry-after'], body];
  };

  describe('while the key server', () => {
    const broken: readonly (readonly [string, () => void])[] = [
      ['never answers', () => (keys.server.onMetadata = hangs)],
      ['never says which keys there are', () => (keys.server.onKeys = hangs)],
      ['answers with 500', () => (keys.server.onMetadata = says(500, 'Internal Server Error'))],
      ['answers with 500 for the keys', () => (keys.server.onKeys = says(500, 'Internal Server Error'))],
      ['answers with garbage', () => (keys.server.onMetadata = says(200, '<html>Sign in to the hotel network</html>'))],
      ['answers with garbage for the keys', () => (keys.server.onKeys = says(200, '{"keys":'))],
      ['publishes no keys', () => (keys.server.keys = [])],
    ];
    for (const [name, break_] of broken) {
      it(`${name}, good and forged ones get a 503 that says when to come back, and no turn runs`, async () => {
        break_();
        await open(name.startsWith('never') ? 50 : undefined);
        assert.deepEqual(await answerTo(await good()), unavailable);
        assert.deepEqual(await answerTo(await forged()), unavailable);
        assert.deepEqual(harness.casework.turns, []);
      });
    }

    it('is down, good ones are answered with the keys that were read before, for more than a day', async () => {
      await open();
      assert.equal((await send(await good())).status, 200);
      keys.server.onMetadata = hangs;
      for (const hours of [1, 23, 25, 48, 71]) {
        ahead = hours * HOUR;
        assert.equal((await send(await good({ exp: seconds(80 * 3600) }))).status, 200, `${hours} hours later`);
      }
    });

    it('is down, only those with an unknown key get a 503', async () => {
      await open();
      assert.equal((await send(await good())).status, 200);
      keys.server.onMetadata = says(500, '');
      ahead = HOUR;
      const unknown = await keys.token(harness.connector.serviceUrl, { exp: seconds(7200) }, { kid: 'new' });
      assert.deepEqual(await answerTo(unknown), unavailable);
      assert.equal((await send(await good({ exp: seconds(7200) }))).status, 200);
    });

    it('is back, good ones are answered again', async () => {
      keys.server.onMetadata = says(500, '');
      await open();
      assert.deepEqual(await answerTo(await good()), unavailable);
      keys.server.onMetadata = (_response, ordinary) => ordinary();
      ahead = 11_000;
      assert.equal((await send(await good())).status, 200);
    });
  });

  it('make the bot read the keys once, and the SDK not at all', async () => {
    await open();
    for (let n = 0; n < 5; n += 1) assert.equal((await send(await good({ jti: String(n) }))).status, 200);
    for (let n = 0; n < 5; n += 1) assert.equal((await send(await forged())).status, 401);
    assert.deepEqual(keys.server.asked, ['/openid', '/keys']);
  });

  it('that were accepted once are refused as soon as they run out', async () => {
    await open();
    const token = await good({ exp: Math.floor(opened / 1000) + 3600 });
    assert.equal((await send(token)).status, 200);
    ahead = HOUR + 298_000;
    assert.equal((await send(token)).status, 200);
    ahead = HOUR + 300_000;
    assert.deepEqual((await send(token)).body, { error: { code: 'token-time' } });
  });

  it('that run out while the body arrives are refused before the SDK sees them', async () => {
    await open();
    const guard = createRequestGuard(keys.mode, () => opened + ahead);
    const authorization = `Bearer ${await good({ exp: seconds(3600) })}`;
    const caller = guard.admitCaller({ authorization }, '198.51.100.1');
    assert.ok(caller.kind === 'admitted');
    const activity = messageActivity(harness, 'help');
    assert.equal(guard.admitActivity(activity, caller.token).kind, 'admitted');
    ahead = 2 * HOUR;
    assert.deepEqual(guard.admitActivity(activity, caller.token), { kind: 'refused', status: 401, code: 'token-time' });
  });

  it('that were accepted once are refused with the service address of another', async () => {
    await open();
    const token = await good();
    assert.equal((await send(token)).status, 200);
    const activity = { ...messageActivity(harness, 'help'), serviceUrl: 'http://127.0.0.1:9/elsewhere' };
    const { body } = await harness.post(activity, { authorization: `Bearer ${token}` });
    assert.deepEqual(body, { error: { code: 'service-url-mismatch' } });
  });

  it('are counted by code, and every code is known beforehand', async () => {
    await open();
    for (let n = 0; n < 3; n += 1) await send(await forged(), { 'x-forwarded-for': `198.51.100.${n}` });
    await post(harness.origin, '{}');
    const counted = Array.from(
      (await harness.registry.metrics()).matchAll(
        /^hardline_teams_refused_requests_total\{code="([a-z-]+)"\} (\d+)$/gm,
      ),
      ([, code = '', count]) => [code, Number(count)] as const,
    );
    assert.deepEqual(
      counted.filter(([, count]) => count > 0),
      [
        ['token-malformed', 1],
        ['token-not-accepted', 3],
      ],
    );
    assert.deepEqual(
      counted.map(([code]) => code),
      [...REFUSAL_CODES],
    );
  });

  it('that are refused leave one line in the log for each code and minute, with their number', async () => {
    await open();
    for (let n = 0; n < 20; n += 1) await send(await forged());
    ahead = 60_000;
    await send(await forged());
    const lines = harness.log.filter(({ message }) => message === 'requests were refused');
    assert.deepEqual(
      lines.map(({ fields }) => fields),
      [
        { status: 401, code: 'token-not-accepted', count: 1 },
        { status: 401, code: 'token-not-accepted', count: 20 },
      ],
    );
    assert.doesNotMatch(JSON.stringify(harness.log), /eyJ/, 'no token is in the log');
  });
});
