// The first check of every request, without a server in between: one thing is changed in a good request, and it is refused for it.
import assert from 'node:assert/strict';
import type { IncomingHttpHeaders } from 'node:http';
import type { AuthenticatedMode } from '../../src/teams/mode.ts';
import { createRequestGuard } from '../../src/teams/request-guard.ts';
import { TENANT } from '../scenarios/environment.ts';

const OTHER_TENANT = 'c0000000-0000-4000-8000-0000000000ff';
const APP = 'd0000000-0000-4000-8000-000000000001';
const ISSUER = 'https://api.botframework.com';
const URL_OF_TEAMS = 'https://smba.trafficmanager.net/emea/';
const NOW = Date.parse('2026-11-20T10:00:00Z');
const SECOND = NOW / 1000;
const LONGEST = 8 * 1024;

const mode: AuthenticatedMode = {
  kind: 'authenticated',
  appId: APP,
  tenantId: TENANT,
  credentials: { kind: 'managed-identity' },
};
const HEADER = { alg: 'RS256', typ: 'JWT', kid: 'channel' };
const CLAIMS = { iss: ISSUER, aud: APP, exp: SECOND + 600, nbf: SECOND - 60, serviceurl: URL_OF_TEAMS };

const part = (value: unknown): string =>
  Buffer.from(typeof value === 'string' ? value : JSON.stringify(value)).toString('base64url');
const tokenOf = (header: unknown, claims: unknown): string => `${part(header)}.${part(claims)}.c2lnbmVk`;

/** The answer about a caller, in short. */
function caller(authorization: string | undefined, of: AuthenticatedMode = mode, now = NOW): string {
  const answer = createRequestGuard(of, () => now).admitCaller(
    authorization === undefined ? {} : { authorization },
    '203.0.113.7',
  );
  return answer.kind === 'admitted' ? 'admitted' : `${answer.status} ${answer.code}`;
}
const header = (change: object): string => caller(`Bearer ${tokenOf({ ...HEADER, ...change }, CLAIMS)}`);
const claims = (change: object, of: AuthenticatedMode = mode): string =>
  caller(`Bearer ${tokenOf(HEADER, { ...CLAIMS, ...change })}`, of);
const MALFORMED = '401 token-malformed';

describe('The token of a request', () => {
  it('is taken as it came, with the id of its key and what it claims', () => {
    const token = tokenOf(HEADER, CLAIMS);
    const guard = createRequestGuard(mode, () => NOW);
    const answer = guard.admitCaller({ authorization: `Bearer ${token}` }, undefined);
    assert.deepEqual(answer, { kind: 'admitted', token: { token, keyId: 'channel', claims: CLAIMS } });
  });

  it('is in the one form in which Teams sends it', () => {
    const token = tokenOf(HEADER, CLAIMS);
    assert.equal(caller(`Bearer ${token}`), 'admitted');
    const [first = '', second = '', third = ''] = token.split('.');
    for (const other of [
      undefined,
      '',
      token,
      `bearer ${token}`,
      `Basic ${token}`,
      `Bearer  ${token}`,
      `x Bearer ${token}`,
      `Bearer ${token} `,
      `Bearer ${token}\n`,
      `Bearer ${token}, Bearer ${token}`,
      `Bearer ${token}.x`,
      `Bearer ${first}.${second}`,
      `Bearer ${first}.${second}.`,
      `Bearer ${first}..${third}`,
      `Bearer .${second}.${third}`,
      `Bearer ${first}=.${second}.${third}`,
      `Bearer ${first}.${second}.${third}+`,
    ]) {
      assert.equal(caller(other), MALFORMED, other);
    }
  });

  it('has at most eight kilobytes', () => {
    const bare = `Bearer ${tokenOf(HEADER, CLAIMS)}`;
    assert.equal(caller(bare.padEnd(LONGEST, 'A')), 'admitted');
    assert.equal(caller(bare.padEnd(LONGEST + 1, 'A')), MALFORMED);
  });

  it('has a header and claims that are JSON objects', () => {
    for (const other of ['{', 'null', '[]', '7', '"text"', '']) {
      assert.equal(caller(`Bearer ${tokenOf(other, CLAIMS)}`), MALFORMED, `header ${other}`);
      assert.equal(caller(`Bearer ${tokenOf(HEADER, other)}`), MALFORMED, `claims ${other}`);
    }
  });

  it('is signed with RS256 by a key that it names, and brings neither a key nor rules of its own', () => {
    assert.equal(header({ typ: undefined }), 'admitted');
    assert.equal(header({ kid: 'k'.repeat(256) }), 'admitted');
    for (const change of [
      ...[{ alg: 'none' }, { alg: 'HS256' }, { alg: undefined }, { typ: 'at+jwt' }, { typ: '' }],
      ...[{ kid: undefined }, { kid: '' }, { kid: 'k'.repeat(257) }, { kid: 7 }],
      ...[{ jku: 'https://x.example' }, { jwk: {} }, { x5u: 'https://x.example' }, { x5c: [] }, { crit: ['exp'] }],
    ]) {
      assert.equal(header(change), MALFORMED, JSON.stringify(change));
    }
  });

  it('claims everything that the checks go by, in the form that they expect', () => {
    for (const change of [
      ...[{ iss: undefined }, { iss: [ISSUER] }, { aud: undefined }, { aud: [APP] }],
      ...[{ exp: undefined }, { exp: 0 }, { exp: -1 }, { exp: 'tomorrow' }, { nbf: 'today' }],
      ...[{ serviceurl: undefined }, { serviceurl: '' }, { serviceurl: 'x'.repeat(1025) }, { tid: 7 }, { tid: null }],
    ]) {
      assert.equal(claims(change), MALFORMED, JSON.stringify(change));
    }
    assert.equal(claims({ serviceurl: 'x'.repeat(1024), nbf: undefined }), 'admitted');
  });

  it('is from the channel, for this bot, and of no other tenant', () => {
    assert.equal(claims({ iss: 'https://sts.windows.net/x/', aud: 'x' }), '401 token-issuer');
    assert.equal(claims({ iss: `${ISSUER}/` }), '401 token-issuer');
    assert.equal(claims({ aud: OTHER_TENANT, tid: OTHER_TENANT }), '401 token-audience');
    assert.equal(claims({ tid: OTHER_TENANT, exp: 1 }), '401 token-tenant');
    assert.equal(claims({ tid: '' }), '401 token-tenant');
    assert.equal(claims({ tid: TENANT }), 'admitted');
  });

  it('is from the channel of the cloud that is configured, and not from that of another', () => {
    const issuer = 'https://api.botframework.us';
    const url = 'https://login.botframework.azure.us/v1/.well-known/openidconfiguration';
    const government: AuthenticatedMode = {
      ...mode,
      endpoints: {
        ...{ issuer, openIdMetadataUrl: url, emulatorOpenIdMetadataUrl: url },
        ...{ loginUrl: url, oauthScope: issuer, oauthUrl: issuer },
      },
    };
    assert.equal(claims({ iss: issuer }, government), 'admitted');
    assert.equal(claims({}, government), '401 token-issuer');
    assert.equal(claims({ iss: issuer }), '401 token-issuer');
  });

  it('is valid by a clock that may be 299 seconds off, to the millisecond', () => {
    const token = `Bearer ${tokenOf(HEADER, { ...CLAIMS, nbf: SECOND, exp: SECOND + 600 })}`;
    const at = (seconds: number): string => caller(token, mode, NOW + seconds * 1000);
    assert.equal(at(-299), 'admitted');
    assert.equal(at(-299.001), '401 token-time');
    assert.equal(at(600 + 298.999), 'admitted');
    assert.equal(at(600 + 299), '401 token-time');
  });
});

describe('A client on this machine, where no tokens are checked', () => {
  const guard = createRequestGuard({ kind: 'loopback-only' }, () => NOW);
  const from = (address: string | undefined, more: IncomingHttpHeaders = {}): string => {
    const answer = guard.admitCaller({ host: 'localhost:3978', ...more }, address);
    return answer.kind === 'admitted' ? 'admitted' : `${answer.status} ${answer.code}`;
  };
  const REFUSED = '403 loopback-only';

  it('is admitted without a token, whatever it says about itself', () => {
    assert.deepEqual(guard.admitCaller({ host: '127.0.0.1' }, '127.0.0.1'), { kind: 'admitted', token: null });
    assert.equal(from('127.0.0.1', { authorization: 'Bearer x' }), 'admitted');
  });

  it('has an address of this machine', () => {
    for (const address of ['127.0.0.1', '127.255.10.200', '::1', '::ffff:127.0.0.1']) {
      assert.equal(from(address), 'admitted', address);
    }
    for (const address of [
      ...[undefined, '', '10.0.0.1', '128.0.0.1', '1127.0.0.1', '127.0.0.1.example', '127.0.0', '127.0.0.1000'],
      ...['127.0.1000.1', '127.1000.0.1', '127x0.0.1', '127.0x0.1', '127.0.0x1', '127.a.0.1', '127.0.a.1', '127.0.0.a'],
      ...['::ffff:10.0.0.1', '::11', '2001:db8::1', 'fe80::1', '::ffff:ffff:127.0.0.1'],
    ]) {
      assert.equal(from(address), REFUSED, address);
    }
  });

  it('asks for this machine by a name of its own: a name of somebody else can be made to point here', () => {
    for (const host of ['localhost', 'LOCALHOST:1', '127.0.0.1:65535', '[::1]', '[::1]:3978']) {
      assert.equal(from('127.0.0.1', { host }), 'admitted', host);
    }
    for (const host of [
      ...[undefined, '', ':3978', 'evil.example', 'localhost.evil.example', 'evil.example:3978', '10.0.0.1:3978'],
      ...[
        'localhost:',
        'localhost:123456',
        'localhost:80:80',
        'localhost:80x',
        'x[::1]',
        '[::1]x',
        '::1',
        'xlocalhost',
      ],
    ]) {
      assert.equal(from('127.0.0.1', { host }), REFUSED, host);
    }
  });

  it('was not passed on by a proxy, and is no web page from elsewhere', () => {
    assert.equal(from('127.0.0.1', { 'x-forwarded-for': '127.0.0.1' }), REFUSED);
    assert.equal(from('127.0.0.1', { 'x-forwarded-for': '' }), REFUSED);
    for (const origin of ['http://localhost:56150', 'https://127.0.0.1', 'http://[::1]:3000']) {
      assert.equal(from('127.0.0.1', { origin }), 'admitted', origin);
    }
    for (const origin of ['https://evil.example', 'http://localhost.evil.example', 'null', '', 'localhost']) {
      assert.equal(from('127.0.0.1', { origin }), REFUSED, origin);
    }
  });
});
