import { createHmac } from 'node:crypto';
import { authenticatedChannel, OTHER_TENANT } from './authenticated-channel.ts';
import { APP_ID, seconds } from './channel-keys.ts';
import { TENANT } from './harness.ts';
import { ISSUER } from './key-server.ts';

const part = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64url');

describe('a request whose token is not the channel’s', () => {
  const { keys, url, post, isRefused } = authenticatedChannel();

  describe('without a proper token', () => {
    const tokens: readonly (readonly [string, () => Promise<string | undefined> | string | undefined])[] = [
      ['no Authorization header', () => undefined],
      ['an empty header', () => ''],
      ['the word Bearer alone', () => 'Bearer'],
      ['Bearer and nothing', () => 'Bearer '],
      ['no token', () => 'Bearer abc'],
      ['two parts', () => 'Bearer a.b'],
      ['four parts', async () => `Bearer ${await keys().token(url())}.x`],
      ['another scheme', async () => `Basic ${await keys().token(url())}`],
      ['a lower-case scheme', async () => `bearer ${await keys().token(url())}`],
      ['two spaces', async () => `Bearer  ${await keys().token(url())}`],
      ['something behind the token', async () => `Bearer ${await keys().token(url())} x`],
      [
        'two tokens in one header',
        async () => `Bearer ${await keys().token(url())}, Bearer ${await keys().token(url())}`,
      ],
      ['a header of 9 KB', () => `Bearer ${'a'.repeat(9000)}.b.c`],
      ['parts that are no JSON', () => 'Bearer !!!.???.***'],
      ['parts that are JSON, but no objects', () => `Bearer ${part('x')}.${part([1])}.c2ln`],
      ['a null payload', () => `Bearer ${part({ alg: 'RS256', kid: 'channel' })}.${part(null)}.c2ln`],
    ];
    for (const [name, make] of tokens) {
      it(`is refused with 401: ${name}`, async () => isRefused(401, /token/, post(await make())));
    }
  });

  describe('with a token of another kind', () => {
    const headers: readonly (readonly [string, Record<string, unknown>])[] = [
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
    for (const [name, header] of headers) {
      it(`is refused with 401: ${name}`, async () =>
        isRefused(401, /token/, post(`Bearer ${await keys().token(url(), {}, header)}`)));
    }

    const algorithms = ['none', 'None', 'HS256', 'HS512', 'RS384', 'RS512', 'PS256', 'ES256', 'EdDSA', ''];
    for (const alg of algorithms) {
      it(`is refused with 401: algorithm "${alg}"`, async () => {
        const [, payload = ''] = (await keys().token(url())).split('.');
        const signed = `${part({ alg, typ: 'JWT', kid: 'channel' })}.${payload}`;
        const signature = createHmac('sha256', keys().publicText).update(signed).digest('base64url');
        await isRefused(401, /token-malformed/, post(`Bearer ${signed}.${signature}`));
        await isRefused(401, /token-malformed/, post(`Bearer ${signed}.`));
      });
    }

    it('is refused with 401: signed by somebody else', async () =>
      isRefused(401, /token/, post(`Bearer ${await keys().token(url(), {}, {}, keys().strangersKey)}`)));

    it('is refused with 401: a claim changed after signing', async () => {
      const [header, , signature] = (await keys().token(url())).split('.');
      const forged = part({ iss: ISSUER, aud: APP_ID, exp: seconds(600), serviceurl: url(), extra: true });
      await isRefused(401, /token-not-accepted/, post(`Bearer ${header}.${forged}.${signature}`));
    });

    it('is refused with 401: a signature cut short', async () =>
      isRefused(401, /token-not-accepted/, post(`Bearer ${(await keys().token(url())).slice(0, -6)}`)));
  });

  describe('with claims that are not the channel’s', () => {
    const tenantIssuer = (tenant: string): string => `https://sts.windows.net/${tenant}/`;
    const claims: readonly (readonly [string, Record<string, unknown>])[] = [
      ['no issuer', { iss: undefined }],
      ['the issuer with a slash behind', { iss: `${ISSUER}/` }],
      ['the issuer in capitals', { iss: ISSUER.toUpperCase() }],
      ['a list of issuers', { iss: [ISSUER] }],
      ['the emulator’s issuer, version 1', { iss: tenantIssuer('d6d49420-f39b-4df7-a1dc-d59a935871db'), ver: '1.0' }],
      [
        'the emulator’s issuer, version 2',
        { iss: 'https://login.microsoftonline.com/d6d49420-f39b-4df7-a1dc-d59a935871db/v2.0', ver: '2.0', azp: APP_ID },
      ],
      ['Microsoft’s own tenant', { iss: tenantIssuer('72f988bf-86f1-41af-91ab-2d7cd011db47'), appid: APP_ID }],
      ['our own tenant, asking for the emulator path', { iss: tenantIssuer(TENANT), tid: TENANT, appid: APP_ID }],
      ['the channel’s issuer and a foreign tenant id', { tid: OTHER_TENANT }],
      ['the channel’s issuer and a tenant id that is no text', { tid: { includes: 1 } }],
      ['no audience', { aud: undefined }],
      ['another bot', { aud: OTHER_TENANT }],
      ['a list of audiences with ours in it', { aud: [APP_ID, OTHER_TENANT] }],
      ['an empty audience', { aud: '' }],
      ['the audience of a skill', { aud: ISSUER }],
      ['a skill’s version and another app', { ver: '1.0', appid: OTHER_TENANT }],
      ['the anonymous skill', { appid: 'AnonymousSkill' }],
      ['no expiry', { exp: undefined }],
      ['an expiry that is text', { exp: 'tomorrow' }],
      ['expired an hour ago', { exp: seconds(-3600) }],
      ['not valid before an hour from now', { nbf: seconds(3600) }],
      ['no service address', { serviceurl: undefined }],
      ['an empty service address', { serviceurl: '' }],
      ['a list of service addresses', { serviceurl: ['x'] }],
      ['another service address', { serviceurl: 'https://smba.trafficmanager.net/emea/' }],
    ];
    // The request guard refuses what it can see; the SDK what only its own rules can tell.
    const lockOf = (wrong: Record<string, unknown>): RegExp => {
      if ('iss' in wrong) return /"token-(issuer|malformed)"/;
      if ('tid' in wrong) return /"token-(tenant|malformed)"/;
      if ('aud' in wrong) return /"token-(audience|malformed)"/;
      if ('exp' in wrong || 'nbf' in wrong) return /"token-(time|malformed)"/;
      if ('serviceurl' in wrong) return /"(service-url-mismatch|token-malformed)"/;
      return /"token-(not-accepted|malformed)"/;
    };
    for (const [name, wrong] of claims) {
      it(`is refused with 401: ${name}`, async () =>
        isRefused(401, lockOf(wrong), post(`Bearer ${await keys().token(url(), wrong)}`)));
    }
  });
});
