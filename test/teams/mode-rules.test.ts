// What follows from the way in which the bot listens: what stops it, whom it believes, and where it may write to.
import assert from 'node:assert/strict';
import { Fault } from '../../src/casework/ports/fault.ts';
import {
  appIdOf,
  assertSoundMode,
  serviceUrlRuleOf,
  signingKeysUrlOf,
  type AuthenticatedMode,
} from '../../src/teams/mode.ts';
import { TENANT } from '../scenarios/environment.ts';

const APP = 'd0000000-0000-4000-8000-000000000001';
const MODE: AuthenticatedMode = {
  ...{ kind: 'authenticated', appId: APP, tenantId: TENANT },
  credentials: { kind: 'managed-identity' },
};
const KEYS = 'https://login.botframework.azure.us/v1/.well-known/openidconfiguration';
const ENDPOINTS = {
  ...{ issuer: 'https://api.botframework.us', openIdMetadataUrl: KEYS, emulatorOpenIdMetadataUrl: KEYS },
  ...{ loginUrl: 'https://login.microsoftonline.us', oauthScope: 'https://api.botframework.us', oauthUrl: KEYS },
};
const keysFrom = (openIdMetadataUrl: string): AuthenticatedMode => ({
  ...MODE,
  endpoints: { ...ENDPOINTS, openIdMetadataUrl },
});

/** Why the bot does not start with this; `null` when it does. */
function whyNot(mode: AuthenticatedMode | { kind: 'loopback-only' }, host = '0.0.0.0'): string | null {
  try {
    assertSoundMode(mode, host);
    return null;
  } catch (error) {
    assert.ok(error instanceof Fault && error.code === 'configuration');
    return error.internal;
  }
}

describe('A way to listen', () => {
  it('that would let the wrong people in stops the start, with a sentence that says what to mend', () => {
    const host = 'A Teams service host is not a plain host name.';
    const keys = 'The signing keys of the channel must come over https.';
    for (const [change, sentence] of [
      [{ appId: `${APP}0` }, 'The application id of the bot is missing or is not a GUID.'],
      [{ tenantId: 'common' }, 'The tenant id is missing or is not a GUID.'],
      [{ credentials: { kind: 'secret', secret: ' ' } }, "The bot's credential (secret) is empty."],
      [
        { credentials: { kind: 'certificate', thumbprint: '', privateKey: 'x' } },
        "The bot's credential (certificate) is empty.",
      ],
      [
        { credentials: { kind: 'federated', managedIdentityClientId: ' ' } },
        "The bot's credential (federated) is empty.",
      ],
      ...['*.botframework.com', 'smba', 'smba.example/teams', 'SMBA.example', 'smba.example.', '.example', 'a..b'].map(
        (name) => [{ serviceHosts: ['smba.example', name] }, host] as const,
      ),
      [{ endpoints: { ...ENDPOINTS, issuer: '' } }, 'The channel endpoint "issuer" is empty.'],
      [{ endpoints: { ...ENDPOINTS, oauthUrl: undefined } }, 'The channel endpoint "oauthUrl" is empty.'],
      [{ endpoints: { ...ENDPOINTS, openIdMetadataUrl: 'http://keys.example/' } }, keys],
      [{ endpoints: { ...ENDPOINTS, emulatorOpenIdMetadataUrl: 'keys.example' } }, keys],
    ] as const) {
      assert.equal(whyNot({ ...MODE, ...change } as AuthenticatedMode), sentence);
    }
    assert.equal(
      whyNot({ kind: 'loopback-only' }, '0.0.0.0'),
      'Without a Teams token the bot may listen on 127.0.0.1 only, not on a public address.',
    );
  });

  it('that is sound does not: with tokens on any address, and without them on this machine', () => {
    const hosts = ['smba.infra.gov.teams.microsoft.us', 'a.b', 'smba-2.example'];
    assert.equal(whyNot({ ...MODE, serviceHosts: hosts, endpoints: ENDPOINTS }), null);
    assert.equal(whyNot(keysFrom('http://127.0.0.1:1/openid')), null);
    for (const host of ['127.0.0.1', 'localhost', '::1', '[::1]', 'LOCALHOST']) {
      assert.equal(whyNot({ kind: 'loopback-only' }, host), null, host);
    }
    for (const credentials of [
      { kind: 'secret', secret: 's' },
      { kind: 'certificate', thumbprint: 't', privateKey: 'k' },
      { kind: 'federated', managedIdentityClientId: APP },
    ] as const) {
      assert.equal(whyNot({ ...MODE, credentials }), null, credentials.kind);
    }
  });

  it('says where the signing keys are published, and which app the bot is', () => {
    assert.equal(signingKeysUrlOf(MODE), 'https://login.botframework.com/v1/.well-known/openidconfiguration');
    assert.equal(signingKeysUrlOf({ ...MODE, endpoints: ENDPOINTS }), KEYS);
    assert.deepEqual([appIdOf(MODE), appIdOf({ kind: 'loopback-only' })], [APP, '']);
  });

  it('says where the bot may write to: Teams, and this machine only where the keys come from it', () => {
    const hosts = ['smba.trafficmanager.net', 'smba.infra.gcc.teams.microsoft.com'];
    assert.deepEqual(serviceUrlRuleOf(MODE), { hosts, loopback: false });
    assert.deepEqual(serviceUrlRuleOf({ ...MODE, serviceHosts: ['smba.example'] }), {
      ...{ hosts: [...hosts, 'smba.example'], loopback: false },
    });
    assert.deepEqual(serviceUrlRuleOf({ ...MODE, endpoints: ENDPOINTS }), { hosts, loopback: false });
    assert.deepEqual(serviceUrlRuleOf(keysFrom('http://127.0.0.1:1/openid')), { hosts, loopback: true });
    assert.deepEqual(serviceUrlRuleOf(keysFrom('nowhere')), { hosts, loopback: false });
    assert.deepEqual(serviceUrlRuleOf({ kind: 'loopback-only' }), { hosts: [], loopback: true });
  });
});
