/**
 * Requests whose body is not the channel's, one row each. Their tokens are the channel's, so that only the body can be the reason
 * for the refusal.
 */
import { OTHER_TENANT } from './authenticated-channel.ts';
import { actionActivity, messageActivity, TENANT, type Harness } from './harness.ts';

/** A body nobody must act on. */
export interface ForgedActivity {
  readonly name: string;
  readonly status: 400 | 403;
  readonly code: RegExp;
  readonly activity: (harness: Harness) => Record<string, unknown>;
  /** The service address that the token names, where it is not the connector's. */
  readonly claimed?: string;
}

const SERVICE_ADDRESSES: readonly (readonly [string, unknown])[] = [
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

const CHANNELS = ['AseChannel', 'emulator', 'webchat', 'directline', 'agents', '', 'MSTEAMS', 'msteams '];

const chat = { id: 'a:chat-tess', conversationType: 'personal' };
const TENANTS: readonly (readonly [string, Record<string, unknown>])[] = [
  ['another tenant in the channel data', { channelData: { tenant: { id: OTHER_TENANT } } }],
  ['another tenant in the conversation', { conversation: { ...chat, tenantId: OTHER_TENANT } }],
  ['no tenant in the channel data', { channelData: {} }],
  ['no channel data', { channelData: null }],
  ['an empty tenant', { channelData: { tenant: { id: '' } } }],
];

const MALFORMED: readonly (readonly [string, Record<string, unknown>])[] = [
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

/** All of them. */
export const FORGED_ACTIVITIES: readonly ForgedActivity[] = [
  ...SERVICE_ADDRESSES.map(([name, serviceUrl]): ForgedActivity => ({
    name: `service address ${name}, also when the token names the same`,
    status: 403,
    code: /service-url-not-accepted/,
    activity: (harness) => messageActivity(harness, 'help', { serviceUrl }),
    ...(typeof serviceUrl === 'string' && serviceUrl !== '' && { claimed: serviceUrl }),
  })),
  ...CHANNELS.map((channelId): ForgedActivity => ({
    name: `channel "${channelId}"`,
    status: 403,
    code: /channel-not-accepted/,
    activity: (harness) => messageActivity(harness, 'x', { channelId }),
  })),
  ...TENANTS.flatMap(([name, fields]): readonly ForgedActivity[] => [
    {
      name: `${name}, in a message`,
      status: 403,
      code: /tenant-not-accepted/,
      activity: (harness) => messageActivity(harness, 'help', fields),
    },
    {
      name: `${name}, in a click`,
      status: 403,
      code: /tenant-not-accepted/,
      activity: (harness) => actionActivity(harness, 'done', {}, fields),
    },
  ]),
  ...MALFORMED.map(([name, fields]): ForgedActivity => ({
    name,
    status: 400,
    code: /activity-malformed/,
    activity: (harness) => messageActivity(harness, 'help', fields),
  })),
];
