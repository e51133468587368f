import assert from 'node:assert/strict';
import type { CryptoKey } from 'jose';
import { createChannel } from '../../src/teams/adapter.ts';
import { signingKeysUrlOf } from '../../src/teams/mode.ts';
import { createSigningKeys, type SigningKeys } from '../../src/teams/signing-keys.ts';
import type { ChannelKeys } from './channel-keys.ts';
import { APP_ID, publishKeys } from './channel-keys.ts';
import { TENANT, TESS } from './harness.ts';

const silent = { info: () => undefined, warn: () => undefined, error: () => undefined };
const SERVICE_URL = 'https://smba.trafficmanager.net/emea/';

/** The request guard comes before all this; here it is left out on purpose. */
describe('the second check of a token, behind the request guard', () => {
  let keys: ChannelKeys;
  let signingKeys: SigningKeys;
  const silenced = console.error;
  before(async () => {
    keys = await publishKeys();
    signingKeys = createSigningKeys({ metadataUrl: signingKeysUrlOf(keys.mode), now: Date.now, log: silent });
    await signingKeys.read();
    console.error = () => undefined;
  });
  after(async () => {
    console.error = silenced;
    await keys.close();
  });

  interface Attempt {
    readonly claims?: Record<string, unknown>;
    readonly header?: Record<string, unknown>;
    readonly fields?: Record<string, unknown>;
    readonly key?: () => CryptoKey;
  }
  const tryChannel = async (attempt: Attempt = {}): Promise<['answered' | 'not-proven', boolean]> => {
    const channel = createChannel(keys.mode, { keys: signingKeys });
    let ran = false;
    const body = {
      type: 'message',
      id: 'x',
      text: 'issue a pass',
      channelId: 'msteams',
      serviceUrl: SERVICE_URL,
      from: { id: '29:tess', aadObjectId: TESS },
      recipient: { id: '28:bot' },
      conversation: { id: 'a:chat', conversationType: 'personal' },
      ...attempt.fields,
    };
    const token = await keys.token(SERVICE_URL, attempt.claims, attempt.header, attempt.key?.());
    const { kind } = await channel.receive(`Bearer ${token}`, body, () => {
      ran = true;
      return Promise.resolve();
    });
    return [kind, ran];
  };

  it('accepts the channel', async () => {
    assert.deepEqual(await tryChannel(), ['answered', true]);
  });

  const emulator = 'https://sts.windows.net/d6d49420-f39b-4df7-a1dc-d59a935871db/';
  const ours = `https://sts.windows.net/${TENANT}/`;
  const channels: readonly (readonly [string, Attempt])[] = [
    ['the emulator’s issuer, properly signed', { claims: { iss: emulator, ver: '1.0', appid: APP_ID } }],
    ['an issuer the token talks the SDK into', { claims: { iss: ours, tid: TENANT, ver: '1.0', appid: APP_ID } }],
    ['a skill', { claims: { ver: '1.0', appid: TENANT } }],
    ['a token without a service address', { claims: { serviceurl: undefined } }],
    [
      'a token without a service address, for a body without one',
      { claims: { serviceurl: undefined }, fields: { serviceUrl: undefined } },
    ],
    ['a channel the key is not endorsed for', { fields: { channelId: 'webchat' } }],
    [
      'another channel with a key of its own',
      { header: { kid: 'webchat' }, fields: { channelId: 'webchat' }, key: () => keys.webchatKey },
    ],
  ];
  for (const [name, attempt] of channels) {
    it(`refuses ${name}`, async () => {
      assert.deepEqual(await tryChannel(attempt), ['not-proven', false]);
    });
  }
});
