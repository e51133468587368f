import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Registry } from 'prom-client';
import { Fault } from '../../src/casework/ports/fault.ts';
import { createRequestGuard } from '../../src/teams/request-guard.ts';
import type { AuthenticatedMode, TeamsMode } from '../../src/teams/mode.ts';
import { assertSoundMode, serviceUrlRuleOf } from '../../src/teams/mode.ts';
import { acceptsServiceUrl } from '../../src/teams/service-url.ts';
import { startReceiver } from '../../src/teams/receiver.ts';
import { createSender, type SenderOptions } from '../../src/teams/sender.ts';
import { cardMessage, openHarness, post, messageActivity, TENANT } from './harness.ts';

const APP = 'd0000000-0000-4000-8000-000000000001';
const sound: AuthenticatedMode = {
  kind: 'authenticated',
  appId: APP,
  tenantId: TENANT,
  credentials: { kind: 'secret', secret: 'not-a-real-one' },
};
const endpoints = {
  issuer: 'https://api.botframework.us',
  openIdMetadataUrl: 'https://login.botframework.azure.us/v1/.well-known/openidconfiguration',
  emulatorOpenIdMetadataUrl: 'https://login.microsoftonline.us/common/v2.0/.well-known/openid-configuration',
  loginUrl: 'https://login.microsoftonline.us/MicrosoftServices.onmicrosoft.us',
  oauthScope: 'https://api.botframework.us',
  oauthUrl: 'https://tokengcch.botframework.azure.us',
};

const options = (mode: TeamsMode, host = '127.0.0.1'): SenderOptions => ({
  mode,
  host,
  log: { info: () => undefined, warn: () => undefined, error: () => undefined },
  registry: new Registry(),
  now: () => 0,
  random: () => 0,
});

const isConfigurationFault = (error: unknown): boolean => {
  assert.ok(error instanceof Fault);
  assert.equal(error.code, 'configuration');
  assert.doesNotMatch(error.internal, /not-a-real-one|PRIVATE/);
  return true;
};

describe('the bot refuses to start', () => {
  for (const host of [
    '0.0.0.0',
    '::',
    '',
    '10.0.0.5',
    'bot.fernhill.example',
    '127.0.0.1.evil.example',
    'localhost.',
  ]) {
    it(`without a token to check, on the address "${host}"`, () => {
      assert.throws(() => createSender(options({ kind: 'loopback-only' }, host)), isConfigurationFault);
    });
  }

  const unsound: readonly (readonly [string, Partial<AuthenticatedMode> | Record<string, unknown>])[] = [
    ['an empty application id', { appId: '' }],
    ['an application id that is no GUID', { appId: '<your app id>' }],
    ['an empty tenant id', { tenantId: '' }],
    ['the tenant "common"', { tenantId: 'common' }],
    ['an empty secret', { credentials: { kind: 'secret', secret: ' ' } }],
    ['a certificate without a key', { credentials: { kind: 'certificate', thumbprint: 'ab', privateKey: '' } }],
    ['an empty managed identity', { credentials: { kind: 'federated', managedIdentityClientId: '' } }],
    ['a service host with a wildcard', { serviceHosts: ['*.botframework.com'] }],
    ['a service host with a path', { serviceHosts: ['smba.example/teams'] }],
    ['an endpoint left empty', { endpoints: { ...endpoints, issuer: '' } }],
    ['signing keys over http', { endpoints: { ...endpoints, openIdMetadataUrl: 'http://keys.example/' } }],
    ['signing keys from nowhere', { endpoints: { ...endpoints, emulatorOpenIdMetadataUrl: '<metadata url>' } }],
  ];
  for (const [name, wrong] of unsound) {
    it(`with ${name}`, () => {
      assert.throws(() => createSender(options({ ...sound, ...wrong })), isConfigurationFault);
    });
  }

  it('on a port that is taken', async () => {
    const taken = createServer();
    await new Promise<void>((resolve) => taken.listen(0, '127.0.0.1', resolve));
    const { port } = taken.address() as AddressInfo;
    const sender = createSender(options({ kind: 'loopback-only' }));
    const unexpected = () => assert.fail('no turn was expected');
    const nobody = { onMessage: unexpected, onAction: unexpected, onInstall: unexpected };
    const receiving = startReceiver(sender, {
      ...{ port, casework: nobody, newId: () => 'x', now: () => 0 },
      placed: () => Promise.resolve(),
      firstSight: () => Promise.resolve(true),
      cards: { passCannotBeShownHere: () => cardMessage('x'), apology: () => cardMessage('x') },
      ready: () => Promise.resolve({ kind: 'ready' }),
      log: { info: () => undefined, warn: () => undefined, error: () => undefined },
    });
    await assert.rejects(receiving, {
      code: 'configuration',
      internal: 'PORT: another process listens there already.',
    });
    taken.close();
  });
});

describe('the bot may start', () => {
  const credentials: readonly AuthenticatedMode['credentials'][] = [
    { kind: 'secret', secret: 'not-a-real-one' },
    { kind: 'certificate', thumbprint: 'A'.repeat(40), privateKey: '-----BEGIN PRIVATE KEY-----' },
    { kind: 'managed-identity' },
    { kind: 'federated', managedIdentityClientId: APP },
  ];
  for (const credential of credentials) {
    it(`on any address with a token to check and its own credential: ${credential.kind}`, () => {
      assertSoundMode({ ...sound, credentials: credential }, '0.0.0.0');
      createSender(options({ ...sound, credentials: credential, endpoints }, '0.0.0.0'));
    });
  }
});

describe('where the bot may write to', () => {
  it('is Teams, by name, and this machine only where the keys come from this machine', () => {
    const rule = serviceUrlRuleOf({ ...sound, serviceHosts: ['smba.infra.gov.teams.microsoft.us'] });
    const accepted = [
      'https://smba.trafficmanager.net/emea/',
      'https://smba.trafficmanager.net/amer/c0000000-0000-4000-8000-000000000001/',
      'https://smba.trafficmanager.net',
      'https://smba.infra.gcc.teams.microsoft.com/teams',
      'https://smba.infra.gov.teams.microsoft.us/teams',
    ];
    for (const url of accepted) assert.equal(acceptsServiceUrl(rule, url), true, url);
    for (const url of ['http://127.0.0.1:9/x', 'http://localhost/x', 'https://webchat.botframework.com/']) {
      assert.equal(acceptsServiceUrl(rule, url), false, url);
    }
    assert.equal(serviceUrlRuleOf({ ...sound, endpoints }).loopback, false);
  });

  it('is this machine alone where no token is checked', () => {
    const rule = serviceUrlRuleOf({ kind: 'loopback-only' });
    for (const url of ['http://127.0.0.1:56150/_connector', 'http://localhost:56150/_connector', 'http://[::1]:9']) {
      assert.equal(acceptsServiceUrl(rule, url), true, url);
    }
    const refused = [
      'https://smba.trafficmanager.net/',
      'http://127.0.0.1@evil.example/',
      'http://127.0.0.1.evil.example/',
    ];
    for (const url of [...refused, 'http://169.254.169.254/', 'http://localhost:80:80/', 'file:///etc/passwd', '']) {
      assert.equal(acceptsServiceUrl(rule, url), false, url);
    }
  });
});

describe('without a token to check', () => {
  const guard = createRequestGuard({ kind: 'loopback-only' }, () => 0);
  const local = { host: '127.0.0.1:3978' };

  it('only this machine is listened to', () => {
    for (const address of ['127.0.0.1', '127.8.8.8', '::1', '::ffff:127.0.0.1']) {
      assert.equal(guard.admitCaller(local, address).kind === 'admitted', true, address);
    }
    for (const address of ['10.0.0.5', '::ffff:10.0.0.5', '192.168.127.0', 'fe80::1', '', undefined, '127.0.0.1.2']) {
      assert.equal(guard.admitCaller(local, address).kind === 'admitted', false, address);
    }
  });

  it('a name that only points to this machine is not enough, nor is a proxy on it', () => {
    for (const host of ['localhost', 'localhost:3978', '[::1]:3978', 'LOCALHOST']) {
      assert.equal(guard.admitCaller({ host }, '127.0.0.1').kind === 'admitted', true, host);
    }
    for (const host of ['evil.example', '127.0.0.1.evil.example:3978', 'localhost.evil.example', '', '127.0.0.1:x']) {
      assert.equal(guard.admitCaller({ host }, '127.0.0.1').kind === 'admitted', false, host);
    }
    assert.equal(
      guard.admitCaller({ ...local, 'x-forwarded-for': '203.0.113.7' }, '127.0.0.1').kind === 'admitted',
      false,
    );
  });

  it('no web page from elsewhere is listened to', () => {
    for (const origin of ['https://evil.example', 'null', 'http://127.0.0.1.evil.example', '']) {
      assert.equal(guard.admitCaller({ ...local, origin }, '127.0.0.1').kind === 'admitted', false, origin);
    }
    assert.equal(
      guard.admitCaller({ ...local, origin: 'http://localhost:3000' }, '127.0.0.1').kind === 'admitted',
      true,
    );
  });

  it('a stranger gets a 403, and nothing runs', async () => {
    const harness = await openHarness();
    const answer = await post(harness.origin, JSON.stringify(messageActivity(harness, 'help')), {
      host: 'evil.example',
    });
    assert.deepEqual([answer.status, answer.body], [403, { error: { code: 'loopback-only' } }]);
    assert.deepEqual(harness.casework.turns, []);
    await harness.close();
  });
});
