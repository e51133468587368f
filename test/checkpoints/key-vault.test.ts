// The key of the checkpoints from Azure Key Vault, with Microsoft's own library against a stand-in for the vault over https.
import assert from 'node:assert/strict';
import { generateKeyPairSync } from 'node:crypto';
import { once } from 'node:events';
import type { IncomingMessage } from 'node:http';
import { createServer, type Server } from 'node:https';
import type { AddressInfo } from 'node:net';
import type { TokenCredential } from '@azure/identity';
import { readVaultSecret } from '../../src/checkpoints/key-vault.ts';
import { checkpointKeyId, checkpointKeyIn } from '../../src/ledger/checkpoint-key.ts';
import { selfSigned } from '../security/self-signed.ts';
import { trust } from './trust.ts';

const TOKEN = 'a-token-for-the-vault';
const { privateKey } = generateKeyPairSync('ed25519');
const pem = privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
/** The stand-in is on this machine, and the library otherwise takes a token only to the host that Microsoft names. */
const options = { disableChallengeResourceVerification: true, retryOptions: { maxRetries: 0 } };

describe('The key of the checkpoints in Key Vault', () => {
  let server: Server;
  let vault = '';
  let distrust: () => void;
  let asked: string[] = [];
  let scopes: string[] = [];

  const credential: TokenCredential = {
    getToken: (scope) => {
      scopes.push(...[scope].flat());
      return Promise.resolve({ token: TOKEN, expiresOnTimestamp: Date.now() + 3_600_000 });
    },
  };

  /** As the vault answers: first it says which token it wants, then it looks at the secret. */
  const answer = ({ url = '', headers }: IncomingMessage): readonly [number, object] => {
    const { pathname } = new URL(url, vault);
    asked.push(pathname);
    if (headers.authorization !== `Bearer ${TOKEN}`) return [401, { error: { code: 'Unauthorized' } }];
    if (pathname.startsWith('/secrets/forbidden')) return [403, { error: { code: 'Forbidden' } }];
    if (pathname.startsWith('/secrets/down')) return [503, { error: { code: 'ServiceUnavailable' } }];
    if (!pathname.startsWith('/secrets/checkpoints')) return [404, { error: { code: 'SecretNotFound' } }];
    return [200, { value: pem, id: `${vault}${pathname}`, attributes: { enabled: true } }];
  };

  before(async () => {
    const { certificate, privateKey: key } = selfSigned({ daysLeft: 2, forLoopback: true });
    distrust = trust(certificate);
    server = createServer({ cert: certificate, key }, (request, response) => {
      const [status, body] = answer(request);
      const challenge =
        'Bearer authorization="https://login.microsoftonline.com/tenant", resource="https://vault.azure.net"';
      response.writeHead(status, { 'content-type': 'application/json', 'www-authenticate': challenge });
      response.end(JSON.stringify(body));
    });
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    vault = `https://127.0.0.1:${(server.address() as AddressInfo).port}`;
  });
  beforeEach(() => {
    [asked, scopes] = [[], []];
  });
  after(() => {
    distrust();
    server.closeAllConnections();
    server.close();
  });

  it('is read with the credential of the app, in the version that is named or in the newest', async () => {
    const version = '0123456789abcdef0123456789abcdef';
    for (const wanted of [null, version]) {
      const text = await readVaultSecret({ vault, name: 'checkpoints', version: wanted }, credential, options);
      const key = checkpointKeyIn(text);
      assert.ok(key !== null);
      assert.equal(checkpointKeyId(key), checkpointKeyId(privateKey));
      assert.ok(asked.at(-1)?.startsWith(`/secrets/checkpoints/${wanted ?? ''}`));
    }
    assert.deepEqual(new Set(scopes), new Set(['https://vault.azure.net/.default']));
  });

  it('that is not there, or not for the bot, stops the start until somebody has mended it', async () => {
    for (const [name, says] of [
      ['gone', /has no such secret \(404\)/],
      ['forbidden', /does not let the bot read the secret \(403\)/],
    ] as const) {
      const reading = readVaultSecret({ vault, name, version: null }, credential, options);
      await assert.rejects(reading, { code: 'configuration', message: says });
    }
  });

  it('in a vault that does not answer makes the supervisor try again', async () => {
    const down = readVaultSecret({ vault, name: 'down', version: null }, credential, options);
    await assert.rejects(down, { code: 'directory-unreachable', message: /does not answer \(503\)/ });
    const nobody = readVaultSecret({ vault: 'https://127.0.0.1:1', name: 'x', version: null }, credential, options);
    await assert.rejects(nobody, { code: 'directory-unreachable', message: /does not answer/ });
  });
});
