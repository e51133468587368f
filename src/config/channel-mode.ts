/**
 * How the channel authenticates what it receives, from the configuration. A key is read from its file at start and
 * kept nowhere else.
 */
import { readFileSync } from 'node:fs';
import type { Config } from './config.ts';
import type { Credential } from './connections.ts';
import type { BotCredentials, TeamsMode } from '../teams/mode.ts';

/** The channel's mode. Throws when a key file cannot be read. */
export function channelMode(config: Config): TeamsMode {
  const { channel, tenantId } = config;
  if (channel.kind === 'loopback-only') return { kind: 'loopback-only' };
  return { kind: 'authenticated', appId: channel.appId, tenantId, credentials: credentialsOf(channel.credential) };
}

function credentialsOf(credential: Credential): BotCredentials {
  switch (credential.kind) {
    case 'secret':
      return { kind: 'secret', secret: credential.secret };
    case 'certificate': {
      const privateKey = readFileSync(credential.file, 'utf8');
      return { kind: 'certificate', thumbprint: credential.thumbprint, privateKey };
    }
    case 'managed-identity':
      return { kind: 'managed-identity' };
  }
}
