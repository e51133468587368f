// The body of a request whose token was accepted, without a server in between.
import assert from 'node:assert/strict';
import { InboundActivity } from '../../src/teams/inbound-activity.ts';
import { createRequestGuard, type ClaimedToken } from '../../src/teams/request-guard.ts';
import { TESS } from '../casework/fixtures.ts';
import { TENANT } from '../scenarios/environment.ts';

const OTHER_TENANT = 'c0000000-0000-4000-8000-0000000000ff';
const APP = 'd0000000-0000-4000-8000-000000000001';
const ISSUER = 'https://api.botframework.com';
const URL_OF_TEAMS = 'https://smba.trafficmanager.net/emea/';
const NOW = Date.parse('2026-11-20T10:00:00Z');
const SECOND = NOW / 1000;

const TOKEN: ClaimedToken = {
  ...{ token: 'a.b.c', keyId: 'channel' },
  claims: { iss: ISSUER, aud: APP, exp: SECOND + 600, serviceurl: URL_OF_TEAMS },
};
const BODY = {
  ...{ type: 'message', id: '1', channelId: 'msteams', serviceUrl: URL_OF_TEAMS },
  from: { id: '29:tess', aadObjectId: TESS },
  recipient: { id: '28:bot' },
  conversation: { id: 'a:chat', conversationType: 'personal' },
  channelData: { tenant: { id: TENANT } },
};
const guard = createRequestGuard(
  { kind: 'authenticated', appId: APP, tenantId: TENANT, credentials: { kind: 'managed-identity' } },
  () => NOW,
);
const local = createRequestGuard({ kind: 'loopback-only' }, () => NOW);

function activity(change: object, token: ClaimedToken | null = TOKEN, of = guard): string {
  const answer = of.admitActivity({ ...BODY, ...change }, token);
  return answer.kind === 'admitted' ? 'admitted' : `${answer.status} ${answer.code}`;
}

describe('An activity', () => {
  it('is taken with the fields that the bot uses, and no others', () => {
    const answer = guard.admitActivity({ ...BODY, callerId: 'urn:x', text: 'help', locale: null }, TOKEN);
    assert.ok(answer.kind === 'admitted');
    const said = Object.fromEntries(Object.entries(answer.activity).filter(([, value]) => value !== undefined));
    assert.deepEqual(JSON.parse(JSON.stringify(said)), { ...BODY, text: 'help' });
  });

  it('comes from Teams, and from no other channel', () => {
    for (const channelId of ['emulator', 'webchat', '', 'MSTEAMS', 'msteams ']) {
      assert.equal(activity({ channelId }), '403 channel-not-accepted', channelId);
    }
    for (const body of [null, [], 'text', 7, {}, { ...BODY, from: undefined }]) {
      const answer = guard.admitActivity(body, TOKEN);
      assert.deepEqual(answer, { kind: 'refused', status: 400, code: 'activity-malformed' });
    }
  });

  it('is answered at an address of Teams, and only at the one that the token names', () => {
    for (const serviceUrl of [undefined, null, '', 'https://evil.example/', 'http://127.0.0.1:1/']) {
      assert.equal(activity({ serviceUrl }), '403 service-url-not-accepted', String(serviceUrl));
    }
    assert.equal(activity({ serviceUrl: 'https://smba.trafficmanager.net/amer/' }), '401 service-url-mismatch');
    assert.equal(activity({}, null), '401 service-url-mismatch', 'and nowhere without a token');
    for (const [length, answer] of [
      [512, 'admitted'],
      [513, '403 service-url-not-accepted'],
    ] as const) {
      const serviceUrl = URL_OF_TEAMS.padEnd(length, 'a');
      const token = { ...TOKEN, claims: { ...TOKEN.claims, serviceurl: serviceUrl } };
      assert.equal(activity({ serviceUrl }, token), answer, `${length} characters`);
    }
  });

  it('came while the token was valid: a slow body does not make it last longer', () => {
    const until = (exp: number, nbf?: number): ClaimedToken => ({
      ...TOKEN,
      claims: { ...TOKEN.claims, exp, ...(nbf !== undefined && { nbf }) },
    });
    assert.equal(activity({}, until(SECOND - 298)), 'admitted');
    assert.equal(activity({}, until(SECOND - 299)), '401 token-time');
    assert.equal(activity({}, until(SECOND + 600, SECOND + 300)), '401 token-time');
  });

  it('is of our tenant at both places where Teams names one, in either case of letters', () => {
    const chat = BODY.conversation;
    const capitals = TENANT.toUpperCase();
    assert.equal(activity({ channelData: { tenant: { id: capitals } } }), 'admitted');
    assert.equal(activity({ conversation: { ...chat, tenantId: capitals } }), 'admitted');
    for (const change of [
      { channelData: undefined },
      { channelData: {} },
      { channelData: { tenant: { id: '' } } },
      { channelData: { tenant: { id: OTHER_TENANT } } },
      { conversation: { ...chat, tenantId: OTHER_TENANT } },
      { conversation: { ...chat, tenantId: '' } },
      { channelData: { tenant: { id: OTHER_TENANT } }, conversation: { ...chat, tenantId: TENANT } },
    ]) {
      assert.equal(activity(change), '403 tenant-not-accepted', JSON.stringify(change));
    }
    const loud = createRequestGuard(
      { kind: 'authenticated', appId: APP, tenantId: capitals, credentials: { kind: 'managed-identity' } },
      () => NOW,
    );
    assert.equal(activity({}, TOKEN, loud), 'admitted');
  });

  it('of a client on this machine is answered on this machine, and has no tenant to show', () => {
    const here = { serviceUrl: 'http://127.0.0.1:56150/_connector', channelData: undefined };
    assert.equal(activity(here, null, local), 'admitted');
    assert.equal(activity({}, null, local), '403 service-url-not-accepted');
    assert.equal(activity({ ...here, channelId: 'emulator' }, null, local), '403 channel-not-accepted');
  });

  it('may have a field left out or empty where Teams leaves it out, and is refused with one that is too long', () => {
    const parses = (change: object): boolean => InboundActivity.safeParse({ ...BODY, ...change }).success;
    for (const [field, longest] of [
      ['id', 512],
      ['text', 100_000],
      ['locale', 35],
      ['name', 128],
      ['replyToId', 512],
      ['action', 64],
      ['serviceUrl', 1024],
    ] as const) {
      assert.deepEqual([parses({ [field]: undefined }), parses({ [field]: null })], [true, true], field);
      assert.deepEqual([parses({ [field]: 'x'.repeat(longest) }), parses({ [field]: 7 })], [true, false], field);
      assert.equal(parses({ [field]: 'x'.repeat(longest + 1) }), false, field);
    }
    assert.deepEqual([parses({ id: '' }), parses({ type: '' }), parses({ text: '' })], [false, false, true]);
  });

  it('mentions people only where the mention is whole: other entities are left out', () => {
    const mention = { type: 'mention', mentioned: { id: '28:bot' }, text: '<at>Hardline</at>' };
    const entities = [{ type: 'clientInfo' }, mention, { ...mention, text: '' }, { type: 'mention' }, null];
    assert.deepEqual(InboundActivity.parse({ ...BODY, entities }).entities, [mention]);
    assert.equal(InboundActivity.parse(BODY).entities, undefined);
  });
});
