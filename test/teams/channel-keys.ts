/** The channel's signing keys, as Microsoft publishes them: a metadata server on loopback, and tokens to match. */
import { exportJWK, generateKeyPair, SignJWT } from 'jose';
import type { CryptoKey, GenerateKeyPairResult, JWTPayload } from 'jose';
import type { AuthenticatedMode } from '../../src/teams/mode.ts';
import { TENANT } from './harness.ts';
import { ISSUER, startKeyServer, type KeyServer } from './key-server.ts';

export const APP_ID = 'd0000000-0000-4000-8000-000000000001';

export interface ChannelKeys {
  readonly mode: AuthenticatedMode;
  readonly server: KeyServer;
  readonly privateKey: CryptoKey;
  /** Published, but endorsed for another channel than Teams; its key id is `webchat`. */
  readonly webchatKey: CryptoKey;
  /** A key that nobody published. */
  readonly strangersKey: CryptoKey;
  /** The modulus of the published key as text: what a confused verifier would take for an HMAC secret. */
  readonly publicText: string;
  /** Signs as the channel does; `claims` and `header` replace or, when undefined, remove. */
  token(
    serviceUrl: string,
    claims?: Record<string, unknown>,
    header?: Record<string, unknown>,
    key?: CryptoKey,
  ): Promise<string>;
  close(): Promise<void>;
}

export const seconds = (offset: number): number => Math.floor(Date.now() / 1000) + offset;

/** The mode of a bot that takes its keys from this address, and whose own requests bear a token nobody checks. */
export function modeFor(openIdMetadataUrl: string): AuthenticatedMode {
  const signRequest = (request: { headers: { set(name: string, value: string): void } }): Promise<unknown> => {
    request.headers.set('authorization', 'Bearer bot-token');
    return Promise.resolve(request);
  };
  const factory = {
    isValidAppId: (id: string) => Promise.resolve(id === APP_ID),
    isAuthenticationDisabled: () => Promise.resolve(false),
    createCredentials: () => Promise.resolve({ signRequest }),
  };
  return {
    kind: 'authenticated',
    appId: APP_ID,
    tenantId: TENANT,
    credentials: { kind: 'own', factory: factory as never },
    endpoints: {
      issuer: ISSUER,
      openIdMetadataUrl,
      emulatorOpenIdMetadataUrl: openIdMetadataUrl,
      loginUrl: 'https://login.microsoftonline.com/botframework.com',
      oauthScope: 'https://api.botframework.com',
      oauthUrl: 'https://token.botframework.com',
    },
  };
}

interface Pairs {
  readonly channel: GenerateKeyPairResult;
  readonly unendorsed: GenerateKeyPairResult;
  readonly stranger: GenerateKeyPairResult;
}
let made: Promise<Pairs> | undefined;

/** Made once for all tests of a process: finding the primes takes longer than most of these tests. */
function pairs(): Promise<Pairs> {
  const make = async (): Promise<Pairs> => ({
    channel: await generateKeyPair('RS256', { extractable: true }),
    unendorsed: await generateKeyPair('RS256', { extractable: true }),
    stranger: await generateKeyPair('RS256'),
  });
  return (made ??= make());
}

export async function publishKeys(): Promise<ChannelKeys> {
  const { channel, unendorsed, stranger } = await pairs();
  const jwk = await exportJWK(channel.publicKey);
  const keys = [
    { ...jwk, kid: 'channel', use: 'sig', endorsements: ['msteams'] },
    { ...(await exportJWK(unendorsed.publicKey)), kid: 'webchat', use: 'sig', endorsements: ['webchat'] },
  ];
  const server = await startKeyServer(keys);
  return {
    mode: modeFor(server.metadataUrl),
    server,
    privateKey: channel.privateKey,
    webchatKey: unendorsed.privateKey,
    strangersKey: stranger.privateKey,
    publicText: jwk.n ?? '',
    token: (serviceUrl, claims = {}, header = {}, key = channel.privateKey) => {
      const payload = {
        iss: ISSUER,
        aud: APP_ID,
        exp: seconds(600),
        nbf: seconds(-60),
        serviceurl: serviceUrl,
        ...claims,
      };
      const given = JSON.parse(JSON.stringify(payload)) as JWTPayload; // what is undefined is left out
      return new SignJWT(given).setProtectedHeader({ alg: 'RS256', typ: 'JWT', kid: 'channel', ...header }).sign(key);
    },
    close: () => server.close(),
  };
}
