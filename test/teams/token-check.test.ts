import assert from 'node:assert/strict';
import { networkOf } from '../../src/teams/network.ts';
import { createSigningKeys, type SigningKeys } from '../../src/teams/signing-keys.ts';
import { createTokenCheck, type BearerToken, type TokenCheckOptions } from '../../src/teams/token-check.ts';
import { publishKeys, type ChannelKeys } from './channel-keys.ts';
import { says } from './key-server.ts';

const OFFICE = '198.51.100.1';
const ELSEWHERE = '203.0.113.7';
const DAY = 24 * 60 * 60_000;

describe('The signature of a token', () => {
  let channel: ChannelKeys;
  let keys: SigningKeys;
  let now: number;

  beforeEach(async () => {
    channel = await publishKeys();
    now = 1_000_000 * DAY;
    keys = createSigningKeys({
      metadataUrl: channel.server.metadataUrl,
      now: () => now,
      log: { info: () => undefined, warn: () => undefined, error: () => undefined },
    });
  });
  afterEach(() => channel.close());

  let tokens = 0;
  const good = async (keyId = 'channel'): Promise<BearerToken> => ({
    token: await channel.token('https://smba.trafficmanager.net/', { jti: `${(tokens += 1)}` }, { kid: keyId }),
    keyId,
  });
  const forged = async (): Promise<BearerToken> => ({
    token: await channel.token('https://x.example/', { jti: `${(tokens += 1)}` }, {}, channel.strangersKey),
    keyId: 'channel',
  });
  const checker = (limits: Pick<TokenCheckOptions, 'rate' | 'waiting'> = {}) => {
    const tokens = createTokenCheck({ keys, now: () => now, ...limits });
    return async (bearer: BearerToken, address: string | undefined = OFFICE): Promise<string> => {
      const answer = await tokens.check(bearer, address);
      return answer.kind === 'signed' ? 'signed' : `${answer.status} ${answer.code}`;
    };
  };

  it('is accepted from the key that the token names, and refused from any other', async () => {
    const check = checker();
    assert.equal(await check(await good()), 'signed');
    assert.equal(await check(await forged()), '401 token-not-accepted');
    assert.equal(await check(await good('nobody')), '401 token-not-accepted');
    assert.equal(await check(await good('webchat')), '401 token-not-accepted');
    const foreign = await channel.token('https://x.example/', {}, {}, channel.webchatKey);
    assert.equal(await check({ token: foreign, keyId: 'channel' }), '401 token-not-accepted');
  });

  it('is neither accepted nor refused for good while the keys cannot be read: the answer says when to try again', async () => {
    channel.server.onMetadata = says(500, 'down');
    const answer = await createTokenCheck({ keys, now: () => now }).check(await good(), OFFICE);
    assert.deepEqual(answer, {
      ...{ kind: 'refused', status: 503, code: 'signing-keys-unavailable', retryAfterSeconds: 10 },
    });
  });

  it('is refused when one character of it is another', async () => {
    const check = checker();
    const { token, keyId } = await good();
    const [header = '', payload = '', signature = ''] = token.split('.');
    const other = (text: string): string => (text.startsWith('B') ? 'C' : 'B') + text.slice(1);
    for (const changed of [`${header}.${payload}.${other(signature)}`, `${header}.${other(payload)}.${signature}`]) {
      assert.equal(await check({ token: changed, keyId }), '401 token-not-accepted');
    }
    for (const short of ['', 'AA', signature.slice(0, -4), signature + signature]) {
      assert.equal(await check({ token: `${header}.${payload}.${short}`, keyId }), '401 token-not-accepted');
    }
    assert.equal(await check({ token, keyId }), 'signed');
  });

  it('is checked once: a refused token and a verified one are both remembered', async () => {
    const check = checker({ rate: { total: 2, perAddress: 2 } });
    const [real, fake] = [await good(), await forged()];
    for (let n = 0; n < 5; n += 1) {
      assert.equal(await check(real), 'signed');
      assert.equal(await check(fake), '401 token-not-accepted');
    }
    assert.equal(await check(await good()), '503 too-many-checks');
  });

  it('is checked again when the key was withdrawn, and no longer accepted', async () => {
    const check = checker();
    const real = await good();
    assert.equal(await check(real), 'signed');
    channel.server.keys = channel.server.keys
      .slice(1)
      .map((key) => ({ ...(key as object), endorsements: ['msteams'] }));
    now += DAY;
    await keys.read();
    assert.equal(await check(real), '401 token-not-accepted');
  });

  it('is checked again when another key took the place of its key', async () => {
    const check = checker();
    const [real, other] = [await good(), await channel.token('https://x.example/', {}, {}, channel.webchatKey)];
    assert.equal(await check(real), 'signed');
    assert.equal(await check({ token: other, keyId: 'channel' }), '401 token-not-accepted');
    channel.server.keys = channel.server.keys
      .slice(1)
      .map((key) => ({ ...(key as object), kid: 'channel', endorsements: ['msteams'] }));
    now += DAY;
    await keys.read();
    assert.equal(await check(real), '401 token-not-accepted');
    assert.equal(await check({ token: other, keyId: 'channel' }), 'signed');
  });

  it('is not checked for more tokens in a second than the limit, and for more again in the next', async () => {
    const check = checker({ rate: { total: 3, perAddress: 3 } });
    for (let n = 0; n < 3; n += 1) assert.equal(await check(await forged()), '401 token-not-accepted');
    assert.equal(await check(await forged()), '503 too-many-checks');
    now += 999;
    assert.equal(await check(await good()), '503 too-many-checks');
    now += 1;
    assert.equal(await check(await good()), 'signed');
  });

  it('is checked for others when one address has used up its share', async () => {
    const check = checker({ rate: { total: 4, perAddress: 2 } });
    for (let n = 0; n < 4; n += 1) await check(await forged(), ELSEWHERE);
    assert.equal(await check(await good(), ELSEWHERE), '503 too-many-checks');
    assert.equal(await check(await good(), OFFICE), 'signed');
  });

  it('is accepted for verified tokens however many forged ones come from the same address', async () => {
    const check = checker({ rate: { total: 4, perAddress: 2 } });
    const real = await good();
    assert.equal(await check(real), 'signed');
    for (let n = 0; n < 50; n += 1) await check(await forged());
    assert.equal(await check(await forged()), '503 too-many-checks');
    assert.equal(await check(real), 'signed');
  });

  it('is accepted at the figures of the product, although 1,000 forged tokens arrive in the same second from the same address', async () => {
    const check = checker();
    const [fake, real] = [await forged(), await good()];
    const signature = fake.token.slice(0, -6);
    for (let n = 0; n < 1_000; n += 1) {
      const token = signature + n.toString(36).padStart(6, '0');
      assert.equal(await check({ token, keyId: 'channel' }), '401 token-not-accepted');
    }
    assert.equal(await check(real), 'signed');
  });

  it('is not waited for by more requests than the limit while the keys are read', async () => {
    const answered = Promise.withResolvers<undefined>();
    channel.server.onMetadata = (_response, ordinary) => void answered.promise.then(ordinary);
    const check = checker({ waiting: { total: 3, perAddress: 2 } });
    const waiting = [await good(), await good()].map((bearer) => check(bearer));
    assert.equal(await check(await good()), '503 signing-keys-unavailable');
    waiting.push(check(await good(), ELSEWHERE));
    assert.equal(await check(await good(), '192.0.2.1'), '503 signing-keys-unavailable');
    answered.resolve(undefined);
    assert.deepEqual(await Promise.all(waiting), ['signed', 'signed', 'signed']);
    assert.equal(await check(await good()), 'signed');
  });

  it('is checked for known keys at once while an unknown key id waits for a key server that hangs', async () => {
    const check = checker();
    await check(await good());
    now += DAY / 2;
    const released = Promise.withResolvers<undefined>();
    channel.server.onMetadata = (_response, ordinary) => void released.promise.then(ordinary);
    const waiting = check(await good('nobody'));
    assert.equal(await check(await good()), 'signed');
    released.resolve(undefined);
    assert.equal(await waiting, '401 token-not-accepted');
  });
});

describe('One sender', () => {
  it('is an address, and with IPv6 everybody behind the same first 64 bits', () => {
    assert.equal(networkOf('198.51.100.1'), '198.51.100.1');
    assert.equal(networkOf('::ffff:198.51.100.1'), '::ffff:198.51.100.1');
    assert.equal(networkOf(undefined), '');
    const same = ['2001:db8:1:2::1', '2001:db8:1:2:ffff:ffff:ffff:ffff', '2001:db8:1:2:3::'];
    for (const address of same) assert.equal(networkOf(address), '2001:db8:1:2', address);
    assert.equal(networkOf('2001:db8::1'), '2001:db8:0:0');
    assert.notEqual(networkOf('2001:db8:1:3::1'), networkOf('2001:db8:1:2::1'));
    assert.equal(networkOf('::1'), '0:0:0:0');
  });
});
