import assert from 'node:assert/strict';
import { exportJWK, generateKeyPair } from 'jose';
import { createSigningKeys, type KeyAnswer, type SigningKeys } from '../../src/teams/signing-keys.ts';
import { hangs, says, startKeyServer, type KeyServer } from './key-server.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

const jwkOf = async (kid: string, fields: Record<string, unknown> = {}): Promise<Record<string, unknown>> => {
  const { publicKey } = await generateKeyPair('RS256', { extractable: true });
  return { ...(await exportJWK(publicKey)), kid, use: 'sig', endorsements: ['msteams'], ...fields };
};

describe('The signing keys of Teams', () => {
  let server: KeyServer;
  let keys: SigningKeys;
  let warnings: unknown[];
  let now: number;
  let first: Record<string, unknown>;
  let second: Record<string, unknown>;

  before(async () => {
    [first, second] = await Promise.all([jwkOf('first'), jwkOf('second')]);
  });
  beforeEach(async () => {
    server = await startKeyServer([first]);
    warnings = [];
    now = 1_000_000 * HOUR;
    keys = createSigningKeys({
      metadataUrl: server.metadataUrl,
      now: () => now,
      log: { info: () => undefined, warn: (fields) => void warnings.push(fields), error: () => undefined },
      timeoutMilliseconds: 15_000,
    });
  });
  afterEach(() => server.close());

  /** The same keys with a short timeout, for a server that never answers. A busy machine needs most of it to ask. */
  const impatient = (): SigningKeys =>
    createSigningKeys({
      ...{ metadataUrl: server.metadataUrl, now: () => now, timeoutMilliseconds: 500 },
      log: { info: () => undefined, warn: () => undefined, error: () => undefined },
    });
  const kindOf = async (keyId: string): Promise<KeyAnswer['kind']> => (await keys.find(keyId)).kind;
  const reads = (): number => server.asked.filter((path) => path === '/openid').length;
  const isDown = (): void => {
    server.onMetadata = says(500, 'down');
  };
  /** Lets a read that nobody waits for come to its end. */
  const readInBackground = async (): Promise<void> => {
    await keys.read();
  };

  it('are read once, however many requests ask for them at the same time', async () => {
    const answers = await Promise.all(Array.from({ length: 100 }, () => kindOf('first')));
    assert.deepEqual(new Set(answers), new Set(['found']));
    assert.deepEqual(server.asked, ['/openid', '/keys']);
  });

  it('are not read again within a day, and after a day while the old ones serve', async () => {
    await kindOf('first');
    server.keys = [first, second];
    now += 24 * HOUR - 1;
    assert.equal(await kindOf('first'), 'found');
    assert.equal(reads(), 1);
    now += 1;
    assert.equal(keys.known('first') !== null, true, 'the old keys serve at once');
    await readInBackground();
    assert.equal(reads(), 2);
    assert.notEqual(keys.known('second'), null);
  });

  it('are read again for an unknown key id after five minutes, and not before', async () => {
    await kindOf('first');
    server.keys = [first, second];
    now += 5 * MINUTE - 1;
    assert.equal(await kindOf('second'), 'unknown');
    assert.equal(reads(), 1);
    now += 1;
    assert.equal(await kindOf('second'), 'found');
    assert.equal(reads(), 2);
  });

  it('are not read again for a flood of invented key ids', async () => {
    await kindOf('first');
    now += HOUR;
    for (let second = 0; second < 60; second += 1) {
      now += 1_000;
      const answers = await Promise.all(Array.from({ length: 50 }, (_, n) => kindOf(`invented ${second} ${n}`)));
      assert.deepEqual(new Set(answers), new Set(['unknown']));
    }
    assert.equal(reads(), 2);
  });

  it('that are withdrawn are no longer known after the next read', async () => {
    await kindOf('first');
    server.keys = [second];
    now += 24 * HOUR;
    await readInBackground();
    assert.equal(keys.known('first'), null);
  });

  it('that did not change stay the same objects, so that nothing has to be checked again', async () => {
    await kindOf('first');
    const before = keys.known('first');
    now += 24 * HOUR;
    await readInBackground();
    assert.equal(reads(), 2);
    assert.equal(keys.known('first'), before);
  });

  it('are read again at once when the clock was set back', async () => {
    await kindOf('first');
    now -= 48 * HOUR;
    assert.equal(await kindOf('first'), 'found');
    assert.equal(reads(), 2);
  });

  describe('when the key server is down', () => {
    it('are unavailable in time when it never answers, and it is not asked again for ten seconds', async () => {
      server.onMetadata = hangs;
      keys = impatient();
      assert.deepEqual(await keys.find('first'), { kind: 'unavailable', retryAfterSeconds: 10 });
      now += 4_000;
      assert.deepEqual(await keys.find('first'), { kind: 'unavailable', retryAfterSeconds: 6 });
      assert.equal(reads(), 1);
    });

    it('are read ten seconds later', async () => {
      isDown();
      assert.equal(await kindOf('first'), 'unavailable');
      server.onMetadata = (_response, ordinary) => ordinary();
      now += 9_999;
      assert.equal(await kindOf('first'), 'unavailable');
      now += 1;
      assert.equal(await kindOf('first'), 'found');
    });

    it('are unavailable in time when the answer begins and does not end', async () => {
      server.onKeys = (response) => {
        response.writeHead(200, { 'content-type': 'application/json' });
        response.write('{"keys":[');
      };
      keys = impatient();
      assert.equal(await kindOf('first'), 'unavailable');
    });

    it('keep serving, and only unknown key ids are unavailable', async () => {
      await kindOf('first');
      isDown();
      now += 30 * HOUR;
      assert.equal(await kindOf('first'), 'found');
      await readInBackground();
      assert.equal(await kindOf('first'), 'found');
      assert.equal(await kindOf('second'), 'unavailable');
    });

    it('serve for three days and no longer: one of them could have been withdrawn', async () => {
      await kindOf('first');
      isDown();
      now += 72 * HOUR - 1;
      assert.equal(await kindOf('first'), 'found');
      await readInBackground();
      now += HOUR;
      assert.equal(await kindOf('first'), 'unavailable');
    });
  });

  const KEY_SET = '{"keys":[]}';
  const useless: readonly (readonly [string, () => void, string])[] = [
    ['an error', () => (server.onMetadata = says(500, '{}')), 'status 500'],
    ['an error instead of the keys', () => (server.onKeys = says(503, '{}')), 'status 503'],
    ['that it is not found', () => (server.onKeys = says(404, '{}')), 'status 404'],
    ['another address', () => (server.onMetadata = says(302, '', { location: '/keys' })), 'unreachable'],
    ['a web page', () => (server.onMetadata = says(200, '<html></html>')), 'not JSON'],
    ['half of the keys', () => (server.onKeys = says(200, '{"keys":[{"kty":"RSA"')), 'not JSON'],
    ['nothing', () => (server.onKeys = says(200, '')), 'not JSON'],
    ['null', () => (server.onMetadata = says(200, 'null')), 'not understood'],
    ['no address of keys', () => (server.onMetadata = says(200, '{}')), 'not understood'],
    ['keys that are text', () => (server.onKeys = says(200, '{"keys":"first"}')), 'not understood'],
    ['no keys', () => (server.onKeys = says(200, KEY_SET)), 'no key for Teams'],
    ['two megabytes', () => (server.onKeys = says(200, `${KEY_SET}${' '.repeat(2_000_000)}`)), 'too large'],
    [
      'keys at an address that anybody could answer for',
      () => (server.onMetadata = says(200, '{"jwks_uri":"http://keys.example/keys"}')),
      'keys are not offered over https',
    ],
  ];
  for (const [name, break_, why] of useless) {
    it(`are unavailable, not unknown, when the key server answers with ${name}`, async () => {
      break_();
      assert.equal(await kindOf('first'), 'unavailable');
      assert.deepEqual(warnings, [{ why, known: 0 }]);
    });
  }

  it('are unavailable when nobody answers at the address', async () => {
    await server.close();
    assert.equal(await kindOf('first'), 'unavailable');
    assert.deepEqual(warnings, [{ why: 'unreachable', known: 0 }]);
  });

  it('are only those that may sign for Teams', async () => {
    const another = await generateKeyPair('RS256', { extractable: true });
    const elliptic = await exportJWK((await generateKeyPair('ES256', { extractable: true })).publicKey);
    const { n = '' } = await exportJWK(another.publicKey);
    const others: Record<string, unknown> = {
      'for encryption': await jwkOf('for encryption', { use: 'enc' }),
      'not endorsed': await jwkOf('not endorsed', { endorsements: undefined }),
      'endorsed for nothing': await jwkOf('endorsed for nothing', { endorsements: [] }),
      'endorsed for web chat': await jwkOf('endorsed for web chat', { endorsements: ['webchat'] }),
      'of another algorithm': await jwkOf('of another algorithm', { alg: 'PS256' }),
      'for signing only': await jwkOf('for signing only', { key_ops: ['sign'] }),
      'of another kind': { ...elliptic, kid: 'of another kind', use: 'sig', endorsements: ['msteams'] },
      'too short': await jwkOf('too short', { n: n.slice(0, 171) }),
      'without a modulus': await jwkOf('without a modulus', { n: undefined }),
      'with an exponent of one': await jwkOf('with an exponent of one', { e: 'AQ' }),
    };
    server.keys = [...Object.values(others), null, 'first', [], first];
    assert.equal(await kindOf('first'), 'found');
    for (const name of Object.keys(others)) assert.equal(keys.known(name), null, name);
  });
});
