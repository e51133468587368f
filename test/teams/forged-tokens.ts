/**
 * Requests with a token that is not the channel's, one row each. Everything else about them is in order, so that only the token
 * can be the reason for the refusal.
 */
import { createHmac } from 'node:crypto';
import { OTHER_TENANT } from './authenticated-channel.ts';
import { APP_ID, seconds, type ChannelKeys } from './channel-keys.ts';
import { TENANT } from './harness.ts';
import { ISSUER } from './key-server.ts';

/** What a forger has at hand: keys to sign with, and where the channel says that answers go. */
export interface Forge {
  readonly keys: ChannelKeys;
  readonly url: string;
}

/** A token nobody must believe. Every one is refused with 401. */
export interface ForgedToken {
  readonly name: string;
  /** The code of the refusal. */
  readonly code: RegExp;
  /** The Authorization header; `undefined` for none. */
  readonly authorization: (forge: Forge) => Promise<string | undefined>;
}

const part = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64url');

/** Headers that bear no proper token; `token` is a good one. */
const HEADERS: readonly (readonly [string, (token: string) => string | undefined])[] = [
  ['no Authorization header', () => undefined],
  ['an empty header', () => ''],
  ['the word Bearer alone', () => 'Bearer'],
  ['Bearer and nothing', () => 'Bearer '],
  ['no token', () => 'Bearer abc'],
  ['two parts', () => 'Bearer a.b'],
  ['four parts', (token) => `Bearer ${token}.x`],
  ['another scheme', (token) => `Basic ${token}`],
  ['a lower-case scheme', (token) => `bearer ${token}`],
  ['two spaces', (token) => `Bearer  ${token}`],
  ['something behind the token', (token) => `Bearer ${token} x`],
  ['two tokens in one header', (token) => `Bearer ${token}, Bearer ${token}`],
  ['a header of 9 KB', () => `Bearer ${'a'.repeat(9000)}.b.c`],
  ['parts that are no JSON', () => 'Bearer !!!.???.***'],
  ['parts that are JSON, but no objects', () => `Bearer ${part('x')}.${part([1])}.c2ln`],
  ['a null payload', () => `Bearer ${part({ alg: 'RS256', kid: 'channel' })}.${part(null)}.c2ln`],
];

/** Headers inside of a token that is signed with the channel's key. */
const TOKEN_HEADERS: readonly (readonly [string, Record<string, unknown>])[] = [
  ['an unknown key id', { kid: 'nobody' }],
  ['a key that is not endorsed for Teams', { kid: 'webchat' }],
  ['no key id', { kid: undefined }],
  ['a key id that is a path', { kid: '../../dev/null' }],
  ['a key to fetch (jku)', { jku: 'https://evil.example/keys' }],
  ['a key inside (jwk)', { jwk: { kty: 'RSA', n: 'x', e: 'AQAB' } }],
  ['a certificate to fetch (x5u)', { x5u: 'https://evil.example/cert' }],
  ['a certificate inside (x5c)', { x5c: ['MIIB'] }],
  ['another type', { typ: 'at+jwt' }],
];

const ALGORITHMS = ['none', 'None', 'HS256', 'HS512', 'RS384', 'RS512', 'PS256', 'ES256', 'EdDSA', ''];

const tenantIssuer = (tenant: string): string => `https://sts.windows.net/${tenant}/`;

/** Claims in a token that is signed with the channel's key. */
const CLAIMS: readonly (readonly [string, () => Record<string, unknown>])[] = [
  ['no issuer', () => ({ iss: undefined })],
  ['the issuer with a slash behind', () => ({ iss: `${ISSUER}/` })],
  ['the issuer in capitals', () => ({ iss: ISSUER.toUpperCase() })],
  ['a list of issuers', () => ({ iss: [ISSUER] })],
  [
    'the emulator’s issuer, version 1',
    () => ({ iss: tenantIssuer('d6d49420-f39b-4df7-a1dc-d59a935871db'), ver: '1.0' }),
  ],
  [
    'the emulator’s issuer, version 2',
    () => ({
      iss: 'https://login.microsoftonline.com/d6d49420-f39b-4df7-a1dc-d59a935871db/v2.0',
      ver: '2.0',
      azp: APP_ID,
    }),
  ],
  ['Microsoft’s own tenant', () => ({ iss: tenantIssuer('72f988bf-86f1-41af-91ab-2d7cd011db47'), appid: APP_ID })],
  ['our own tenant, asking for the emulator path', () => ({ iss: tenantIssuer(TENANT), tid: TENANT, appid: APP_ID })],
  ['the channel’s issuer and a foreign tenant id', () => ({ tid: OTHER_TENANT })],
  ['the channel’s issuer and a tenant id that is no text', () => ({ tid: { includes: 1 } })],
  ['no audience', () => ({ aud: undefined })],
  ['another bot', () => ({ aud: OTHER_TENANT })],
  ['a list of audiences with ours in it', () => ({ aud: [APP_ID, OTHER_TENANT] })],
  ['an empty audience', () => ({ aud: '' })],
  ['the audience of a skill', () => ({ aud: ISSUER })],
  ['a skill’s version and another app', () => ({ ver: '1.0', appid: OTHER_TENANT })],
  ['the anonymous skill', () => ({ appid: 'AnonymousSkill' })],
  ['no expiry', () => ({ exp: undefined })],
  ['an expiry that is text', () => ({ exp: 'tomorrow' })],
  ['expired an hour ago', () => ({ exp: seconds(-3600) })],
  ['not valid before an hour from now', () => ({ nbf: seconds(3600) })],
  ['no service address', () => ({ serviceurl: undefined })],
  ['an empty service address', () => ({ serviceurl: '' })],
  ['a list of service addresses', () => ({ serviceurl: ['x'] })],
  ['another service address', () => ({ serviceurl: 'https://smba.trafficmanager.net/emea/' })],
];

/** The request guard refuses what it can see; the SDK what only its own rules can tell. */
function refusalOf(wrong: Record<string, unknown>): RegExp {
  if ('iss' in wrong) return /"token-(issuer|malformed)"/;
  if ('tid' in wrong) return /"token-(tenant|malformed)"/;
  if ('aud' in wrong) return /"token-(audience|malformed)"/;
  if ('exp' in wrong || 'nbf' in wrong) return /"token-(time|malformed)"/;
  if ('serviceurl' in wrong) return /"(service-url-mismatch|token-malformed)"/;
  return /"token-(not-accepted|malformed)"/;
}

/** Signed with the text of the published key, as if that were a secret. */
async function confused({ keys, url }: Forge, alg: string): Promise<readonly [signed: string, signature: string]> {
  const [, payload = ''] = (await keys.token(url)).split('.');
  const signed = `${part({ alg, typ: 'JWT', kid: 'channel' })}.${payload}`;
  return [signed, createHmac('sha256', keys.publicText).update(signed).digest('base64url')];
}

/** All of them. */
export const FORGED_TOKENS: readonly ForgedToken[] = [
  ...HEADERS.map(([name, make]): ForgedToken => ({
    name,
    code: /token/,
    authorization: async ({ keys, url }) => make(await keys.token(url)),
  })),
  ...TOKEN_HEADERS.map(([name, header]): ForgedToken => ({
    name,
    code: /token/,
    authorization: async ({ keys, url }) => `Bearer ${await keys.token(url, {}, header)}`,
  })),
  ...ALGORITHMS.flatMap((alg): readonly ForgedToken[] => [
    {
      name: `algorithm "${alg}", signed with the public key`,
      code: /token-malformed/,
      authorization: async (forge) => `Bearer ${(await confused(forge, alg)).join('.')}`,
    },
    {
      name: `algorithm "${alg}", not signed`,
      code: /token-malformed/,
      authorization: async (forge) => `Bearer ${(await confused(forge, alg))[0]}.`,
    },
  ]),
  {
    name: 'signed by somebody else',
    code: /token/,
    authorization: async ({ keys, url }) => `Bearer ${await keys.token(url, {}, {}, keys.strangersKey)}`,
  },
  {
    name: 'a claim changed after signing',
    code: /token-not-accepted/,
    authorization: async ({ keys, url }) => {
      const [header, , signature] = (await keys.token(url)).split('.');
      const forged = part({ iss: ISSUER, aud: APP_ID, exp: seconds(600), serviceurl: url, extra: true });
      return `Bearer ${header}.${forged}.${signature}`;
    },
  },
  {
    name: 'a signature cut short',
    code: /token-not-accepted/,
    authorization: async ({ keys, url }) => `Bearer ${(await keys.token(url)).slice(0, -6)}`,
  },
  ...CLAIMS.map(([name, wrong]): ForgedToken => ({
    name,
    code: refusalOf(wrong()),
    authorization: async ({ keys, url }) => `Bearer ${await keys.token(url, wrong())}`,
  })),
];
