import assert from 'node:assert/strict';
import { createChannel } from '../../src/teams/adapter.ts';
import type { ChannelKeys } from './channel-keys.ts';
import { APP_ID, ISSUER, publishKeys } from './channel-keys.ts';
import { TENANT, TESS } from './house.ts';

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

  const tryDoor = async (
    claims: Record<string, unknown>,
    channelId = 'msteams',
  ): Promise<[number, boolean, boolean]> => {
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
      channelId,
      serviceUrl: SERVICE_URL,
      from: { id: '29:tess', aadObjectId: TESS },
      recipient: { id: '28:bot' },
      conversation: { id: 'a:chat', conversationType: 'personal' },
    };
    const headers = { authorization: `Bearer ${await keys.token(SERVICE_URL, claims)}` };
    const { proven } = await channel.watch(() =>
      channel.adapter.process({ method: 'POST', headers, body }, response, () => {
        ran = true;
        return Promise.resolve();
      }),
    );
    return [status, proven, ran];
  };

  it('opens for the channel', async () => {
    assert.deepEqual(await tryDoor({}), [200, true, true]);
  });

  const emulator = 'https://sts.windows.net/d6d49420-f39b-4df7-a1dc-d59a935871db/';
  const doors: readonly (readonly [string, Record<string, unknown>, string?])[] = [
    ['the emulator’s issuer, properly signed', { iss: emulator, ver: '1.0', appid: APP_ID }],
    [
      'an issuer the token talks the SDK into',
      { iss: `https://sts.windows.net/${TENANT}/`, tid: TENANT, ver: '1.0', appid: APP_ID },
    ],
    ['a skill', { ver: '1.0', appid: TENANT }],
    ['the channel without a service address', { serviceurl: undefined }],
    ['another channel than the key is endorsed for', { iss: ISSUER }, 'webchat'],
  ];
  for (const [name, claims, channelId] of doors) {
    it(`stays shut for ${name}`, async () => {
      const [status, proven, ran] = await tryDoor(claims, channelId);
      assert.ok(status >= 400, String(status));
      assert.deepEqual([proven, ran], [false, false]);
    });
  }
});
