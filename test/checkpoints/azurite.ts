/**
 * Azurite, Microsoft's emulator of Azure Storage, as a process of its own: over https, with tokens as Entra issues them, of which it
 * checks everything but the signature.
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { createInterface } from 'node:readline';
import type { TokenCredential } from '@azure/identity';
import { ContainerClient } from '@azure/storage-blob';
import type { ContainerParts } from '../../src/checkpoints/container.ts';
import { scratchFolder } from '../scratch-folder.ts';
import { selfSigned } from '../security/self-signed.ts';
import { trust } from './trust.ts';

const SCRIPT = join(dirname(createRequire(import.meta.url).resolve('azurite/package.json')), 'dist/src/blob/main.js');
const ACCOUNT = 'devstoreaccount1';

export interface Azurite {
  /** What a container in it is reached with; the container is made first. */
  container(name: string): Promise<ContainerParts>;
  stop(): Promise<void>;
}

const part = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url');

/** A token for Azure Storage, good for an hour. */
const credential: TokenCredential = {
  getToken: () => {
    const now = Math.floor(Date.now() / 1000);
    const iss = 'https://sts.windows.net/c0000000-0000-4000-8000-000000000001/';
    const claims = {
      aud: 'https://storage.azure.com',
      iss,
      iat: now,
      nbf: now - 60,
      exp: now + 3600,
      appid: 'hardline',
    };
    const token = `${part({ alg: 'RS256', typ: 'JWT' })}.${part(claims)}.${part({})}`;
    return Promise.resolve({ token, expiresOnTimestamp: Date.now() + 3_600_000 });
  },
};

export async function startAzurite(): Promise<Azurite> {
  const { dir, clean } = scratchFolder('azurite');
  const identity = selfSigned({ daysLeft: 2, forLoopback: true });
  const [cert, key] = [join(dir, 'cert.pem'), join(dir, 'key.pem')];
  writeFileSync(cert, identity.certificate);
  writeFileSync(key, identity.privateKey, { mode: 0o600 });
  const options = ['--silent', '--inMemoryPersistence', '--disableTelemetry', '--oauth', 'basic', '--blobPort', '0'];
  const child = spawn(process.execPath, [SCRIPT, ...options, '--skipApiVersionCheck', '--cert', cert, '--key', key], {
    cwd: dir,
    env: { PATH: process.env['PATH'] },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let origin = '';
  for await (const line of createInterface({ input: child.stdout })) {
    origin = /successfully listen(?:s|ing) (?:at|on) (https:\S+)/.exec(line)?.[1] ?? '';
    if (origin !== '') break;
  }
  if (origin === '') throw new Error('Azurite did not start');
  const distrust = trust(identity.certificate);
  return {
    async container(name) {
      const url = `${origin}/${ACCOUNT}/${name}`;
      await new ContainerClient(url, credential).create();
      return { url, credential };
    },
    async stop() {
      distrust();
      const ended = once(child, 'exit');
      child.kill('SIGKILL');
      await ended;
      clean();
    },
  };
}
