// How the bot connects to Teams and to the tenant, from its configuration.
import assert from 'node:assert/strict';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { ClientCertificateCredential, ClientSecretCredential, ManagedIdentityCredential } from '@azure/identity';
import { channelMode } from '../../src/config/channel-mode.ts';
import { readConfig, type Config } from '../../src/config/config.ts';
import { tenantConnection } from '../../src/config/tenant-connection.ts';
import { environmentFor, TENANT } from '../scenarios/environment.ts';
import { scratchFolder } from '../scratch-folder.ts';
import { ENTRA, file, GROUP, type Change } from '../security/bad/configuration.ts';
import { selfSigned } from '../security/self-signed.ts';
import { problemsWith } from './problems-with.ts';

const ORIGIN = 'http://127.0.0.1:5000';
const BOT = GROUP(8);
const GRAPH = GROUP(9);

const configWith = (change: Change): Config => readConfig({ ...environmentFor(ORIGIN, '.data'), ...change });

const problemsOf = (change: Change): readonly string[] => problemsWith(() => configWith(change));

describe('The way to Teams', () => {
  const scratch = scratchFolder('connections');
  after(() => scratch.clean());
  const place = { folder: scratch.dir, takenPort: 1, tenantOrigin: ORIGIN };
  const signed = { kind: 'authenticated', appId: BOT, tenantId: TENANT } as const;

  it('checks no tokens only where the configuration says that nobody but this machine is listened to', () => {
    assert.deepEqual(channelMode(configWith({})), { kind: 'loopback-only' });
    assert.equal(channelMode(configWith(ENTRA)).kind, 'authenticated');
  });

  it('is for the one app and the one tenant of the configuration, with the credential that it names', () => {
    assert.deepEqual(channelMode(configWith(ENTRA)), { ...signed, credentials: { kind: 'managed-identity' } });
    const secret = { ...ENTRA, HARDLINE_BOT_CREDENTIAL: 'secret', HARDLINE_BOT_SECRET: 'not-a-real-one' };
    assert.deepEqual(channelMode(configWith(secret)), {
      ...signed,
      credentials: { kind: 'secret', secret: 'not-a-real-one' },
    });
  });

  it('has the certificate with the thumbprint of the setting and the text of the file, read at the start', () => {
    const { certificate, privateKey, thumbprint } = selfSigned({ daysLeft: 2 });
    const pem = certificate + privateKey;
    const config = configWith({
      ...{ ...ENTRA, HARDLINE_BOT_CREDENTIAL: 'certificate' },
      HARDLINE_BOT_CERTIFICATE_FILE: file(place, 'bot.pem', pem),
      HARDLINE_BOT_CERTIFICATE_THUMBPRINT: thumbprint,
    });
    const credentials = { kind: 'certificate', thumbprint, privateKey: pem };
    assert.deepEqual(channelMode(config), { ...signed, credentials });
    rmSync(join(scratch.dir, 'a-place-of-the-operator', 'bot.pem'));
    assert.throws(() => channelMode(config), /ENOENT/, 'a key that is gone stops the start');
  });

  it('does not open while a part of its credential is missing, and the part is named', () => {
    const certificate = { ...ENTRA, HARDLINE_BOT_CREDENTIAL: 'certificate' };
    const missing = [
      [{ ...ENTRA, HARDLINE_BOT_CREDENTIAL: 'secret' }, 'HARDLINE_BOT_SECRET: missing.'],
      [certificate, 'HARDLINE_BOT_CERTIFICATE_FILE: missing.'],
      [{ ...certificate, HARDLINE_BOT_CERTIFICATE_FILE: 'x' }, 'HARDLINE_BOT_CERTIFICATE_THUMBPRINT: missing.'],
      [{ ...ENTRA, HARDLINE_GRAPH_CREDENTIAL: 'secret' }, 'HARDLINE_GRAPH_SECRET: missing.'],
      [{ ...ENTRA, HARDLINE_GRAPH_CREDENTIAL: 'certificate' }, 'HARDLINE_GRAPH_CERTIFICATE_FILE: missing.'],
    ] as const;
    for (const [change, problem] of missing) assert.deepEqual(problemsOf(change), [problem]);
  });
});

describe('The way to the tenant', () => {
  const through = (change: Change) => tenantConnection(configWith({ ...ENTRA, ...change }));

  it('is the emulated one on this machine, without any credential, where the configuration says so', () => {
    assert.deepEqual(tenantConnection(configWith({})), { kind: 'emulated', origin: ORIGIN });
  });

  it('is the cloud, the tenant and the app registration of the configuration, with the credential that it names', () => {
    const china = through({ HARDLINE_CLOUD: 'china' });
    assert.ok(china.kind === 'entra');
    assert.deepEqual([china.cloud, china.tenantId, china.clientId], ['china', TENANT, GRAPH]);
    for (const [change, of] of [
      [{ HARDLINE_GRAPH_CREDENTIAL: 'managed-identity' }, ManagedIdentityCredential],
      [{ HARDLINE_GRAPH_CREDENTIAL: 'secret', HARDLINE_GRAPH_SECRET: 'not-a-real-one' }, ClientSecretCredential],
      [
        { HARDLINE_GRAPH_CREDENTIAL: 'certificate', HARDLINE_GRAPH_CERTIFICATE_FILE: 'graph.pem' },
        ClientCertificateCredential,
      ],
    ] as const) {
      const tenant = through(change);
      assert.ok(tenant.kind === 'entra' && tenant.credential instanceof of, of.name);
    }
  });
});
