import assert from 'node:assert/strict';
import type { CryptoKey } from 'jose';
import { createChannel } from '../../src/teams/adapter.ts';
import type { ChannelKeys } from './channel-keys.ts';
import { APP_ID, publishKeys } from './channel-keys.ts';
import { TENANT, TESS } from './harness.ts';

const SERVICE_URL = 'https://smba.trafficmanager.net/emea/';

/** The gate stands in front of all this; here it is left out on purpose. */
describe('the lock behind the gate', () => {
  let keys: ChannelKeys;
  const silenced = console.error;
  before(async () => {
    keys = await publishKeys();
    console.error = () => undefined;
  });
  after(async () => {
    console.error = silenced;
    await keys.close();
  });

  interface Knock {
    readonly claims?: Record<string, unknown>;
    readonly header?: Record<string, unknown>;
    readonly fields?: Record<string, unknown>;
    readonly key?: () => CryptoKey;
  }
  const tryDoor = async (knock: Knock = {}): Promise<[number, boolean, boolean]> => {
    const channel = createChannel(keys.mode);
    let ran = false;
    let status = 0;
    const response = {
      socket: null,
      header: () => undefined,
      send: () => undefined,
      end: () => undefined,
      status: (code: number) => (status = code),
    };
    const body = {
      type: 'message',
      id: 'x',
      text: 'issue a pass',
      channelId: 'msteams',
      serviceUrl: SERVICE_URL,
      from: { id: '29:tess', aadObjectId: TESS },
      recipient: { id: '28:bot' },
      conversation: { id: 'a:chat', conversationType: 'personal' },
      ...knock.fields,
    };
    const token = await keys.token(SERVICE_URL, knock.claims, knock.header, knock.key?.());
    const headers = { authorization: `Bearer ${token}` };
    const { proven } = await channel.watch(() =>
      channel.adapter.process({ method: 'POST', headers, body }, response, () => {
        ran = true;
        return Promise.resolve();
      }),
    );
    return [status, proven, ran];
  };

  it('opens for the channel', async () => {
    assert.deepEqual(await tryDoor(), [200, true, true]);
  });

  const emulator = 'https://sts.windows.net/d6d49420-f39b-4df7-a1dc-d59a935871db/';
  const ours = `https://sts.windows.net/${TENANT}/`;
  const doors: readonly (readonly [string, Knock])[] = [
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
  for (const [name, knock] of doors) {
    it(`stays shut for ${name}`, async () => {
      const [status, proven, ran] = await tryDoor(knock);
      assert.ok(status >= 400, String(status));
      assert.deepEqual([proven, ran], [false, false]);
    });
  }
});
