import assert from 'node:assert/strict';
import { authenticatedChannel, OTHER_TENANT } from './authenticated-channel.ts';
import { publishKeys, seconds } from './channel-keys.ts';
import { openHarness, actionActivity, cardMessage, messageActivity, TENANT } from './harness.ts';

describe('a request whose body is not the channel’s', () => {
  const { keys, harness, url, post, isRefused } = authenticatedChannel();

  const elsewhere: readonly (readonly [string, unknown])[] = [
    ['absent', undefined],
    ['null', null],
    ['empty', ''],
    ['another host', 'https://evil.example/teams'],
    ['a host that begins like Microsoft’s', 'https://smba.trafficmanager.net.evil.example/'],
    ['a host that ends like Microsoft’s', 'https://evilsmba.trafficmanager.net/'],
    ['Microsoft’s host as user name', 'https://smba.trafficmanager.net@evil.example/'],
    ['a user name before Microsoft’s host', 'https://evil@smba.trafficmanager.net/'],
    ['a port', 'https://smba.trafficmanager.net:8443/'],
    ['plain http', 'http://smba.trafficmanager.net/teams'],
    ['a trailing dot', 'https://smba.trafficmanager.net./teams'],
    ['capitals', 'https://SMBA.trafficmanager.net/teams'],
    ['a backslash', 'https:\\\\smba.trafficmanager.net\\teams'],
    ['a line break', 'https://smba.traffic\nmanager.net/teams'],
    ['a query', 'https://smba.trafficmanager.net/?x=https://evil.example'],
    ['a fragment', 'https://smba.trafficmanager.net/#x'],
    ['another scheme', 'urn:botframework:websocket:x'],
    ['a thousand characters', `https://smba.trafficmanager.net/${'a'.repeat(600)}`],
  ];
  for (const [name, serviceUrl] of elsewhere) {
    it(`is refused with 403: service address ${name}, also when the token names the same`, async () => {
      const claimed = typeof serviceUrl === 'string' && serviceUrl !== '' ? serviceUrl : url();
      const answer = post(`Bearer ${await keys().token(claimed)}`, messageActivity(harness(), 'help', { serviceUrl }));
      await isRefused(403, /service-url-not-accepted/, answer);
    });
  }

  for (const channelId of ['AseChannel', 'emulator', 'webchat', 'directline', 'agents', '', 'MSTEAMS', 'msteams ']) {
    it(`is refused with 403: channel "${channelId}"`, async () =>
      isRefused(
        403,
        /channel-not-accepted/,
        post(`Bearer ${await keys().token(url())}`, messageActivity(harness(), 'x', { channelId })),
      ));
  }

  const chat = { id: 'a:chat-tess', conversationType: 'personal' };
  const tenants: readonly (readonly [string, Record<string, unknown>])[] = [
    ['another tenant in the channel data', { channelData: { tenant: { id: OTHER_TENANT } } }],
    ['another tenant in the conversation', { conversation: { ...chat, tenantId: OTHER_TENANT } }],
    ['no tenant in the channel data', { channelData: {} }],
    ['no channel data', { channelData: null }],
    ['an empty tenant', { channelData: { tenant: { id: '' } } }],
  ];
  for (const [name, fields] of tenants) {
    it(`is refused with 403: ${name}, as message and as click`, async () => {
      const authorization = `Bearer ${await keys().token(url())}`;
      await isRefused(403, /tenant-not-accepted/, post(authorization, messageActivity(harness(), 'help', fields)));
      await isRefused(403, /tenant-not-accepted/, post(authorization, actionActivity(harness(), 'done', {}, fields)));
    });
  }

  const malformed: readonly (readonly [string, Record<string, unknown>])[] = [
    ['no type', { type: undefined }],
    ['a type that is a list', { type: ['message'] }],
    ['a channel that is a list', { channelId: ['msteams'] }],
    ['a service address that is a list', { serviceUrl: ['https://smba.trafficmanager.net/'] }],
    ['nobody', { from: null }],
    ['a person without an id', { from: {} }],
    ['a person id that is a list', { from: { id: ['29:tess'] } }],
    ['an object id that is a list', { from: { id: '29:tess', aadObjectId: ['a'] } }],
    ['no recipient', { recipient: undefined }],
    ['no conversation', { conversation: undefined }],
    ['a conversation that is text', { conversation: 'a:chat-tess' }],
    ['a conversation id of two thousand characters', { conversation: { id: 'a'.repeat(2000) } }],
    ['a tenant that is a list', { channelData: { tenant: { id: [TENANT] } } }],
    ['text that is a list', { text: ['help'] }],
    ['text that is an object', { text: { trim: 'x' } }],
    ['a locale that is a number', { locale: 7 }],
    ['members that are text', { membersAdded: '28:bot' }],
    ['an activity id that is a number', { id: 7 }],
  ];
  for (const [name, fields] of malformed) {
    it(`is refused with 400: ${name}`, async () =>
      isRefused(
        400,
        /activity-malformed/,
        post(`Bearer ${await keys().token(url())}`, messageActivity(harness(), 'help', fields)),
      ));
  }
});

describe('a request from the channel', () => {
  it('is handled: a message, a click, and a notice that the app was installed', async () => {
    const keys = await publishKeys();
    const harness = await openHarness(keys.mode);
    const authorization = `Bearer ${await keys.token(harness.connector.serviceUrl)}`;
    const installed = { ...messageActivity(harness, ''), type: 'installationUpdate', action: 'add' };
    const answers = [];
    for (const activity of [messageActivity(harness, 'help'), actionActivity(harness, 'done'), installed]) {
      answers.push((await harness.post(activity, { authorization })).status);
    }
    assert.deepEqual(answers, [200, 200, 200]);
    assert.deepEqual(
      harness.casework.turns.map(({ kind }) => kind),
      ['message', 'action', 'install'],
    );
    assert.deepEqual(
      harness.connector.written.map(({ headers }) => headers.authorization),
      ['Bearer bot-token', 'Bearer bot-token'],
    );
    await harness.close();
    await keys.close();
  });

  it('is handled while the clock of the channel is up to five minutes off, and no more', async () => {
    const keys = await publishKeys();
    const harness = await openHarness(keys.mode);
    const printed: unknown[][] = [];
    const consoleError = console.error;
    console.error = (...line) => void printed.push(line);
    const token = async (exp: number) =>
      `Bearer ${await keys.token(harness.connector.serviceUrl, { exp: seconds(exp) })}`;
    const four = await harness.post(messageActivity(harness, 'help'), { authorization: await token(-240) });
    const six = await harness.post(messageActivity(harness, 'help'), { authorization: await token(-360) });
    console.error = consoleError;
    assert.deepEqual([four.status, six.status, printed], [200, 401, []]);
    await harness.close();
    await keys.close();
  });

  it('acts once when it is replayed', async () => {
    const keys = await publishKeys();
    const harness = await openHarness(keys.mode);
    const authorization = `Bearer ${await keys.token(harness.connector.serviceUrl)}`;
    const accepted = new Set<string>();
    // As casework does with its ledger: the first arrival of an activity is handled, every other one is answered with null.
    harness.casework.onMessage = ({ activityId }) => {
      if (accepted.has(activityId)) return Promise.resolve(null);
      accepted.add(activityId);
      return Promise.resolve([{ cardMessage: cardMessage('heard'), cardOf: null }]);
    };
    const message = messageActivity(harness, 'Lena is locked out');
    const answers = await Promise.all([1, 2, 3, 4, 5].map(() => harness.post(message, { authorization })));
    assert.deepEqual(new Set(answers.map(({ status }) => status)), new Set([200]));
    assert.deepEqual([accepted.size, harness.connector.written.length], [1, 1]);
    assert.match(await harness.registry.metrics(), /\{[^}]*outcome="repeated"[^}]*\} 4/);
    await harness.close();
    await keys.close();
  });
});
