/**
 * How to connect to the tenant, from the configuration, and the check of what the bot was granted there. A bot that
 * could set a password does not start.
 */
import type { Log } from '../casework/ports/log.ts';
import { ConfigError, type Config } from './config.ts';
import { credentialFor, scopeOf, type TenantConnection } from '../graph/connection.ts';
import { emulatedCredential } from '../graph/emulated-credential.ts';
import { checkOwnGrants } from '../graph/permissions.ts';

/** How to reach the tenant. */
export function tenantConnection(config: Config): TenantConnection {
  const { graph, tenantId } = config;
  if (graph.kind === 'emulated') return { kind: 'emulated', origin: graph.origin };
  const app = { cloud: graph.cloud, tenantId, clientId: graph.clientId };
  const proof = graph.credential;
  const credential = credentialFor(
    app,
    proof.kind === 'certificate' ? { kind: 'certificate', path: proof.file } : proof,
  );
  return { kind: 'entra', ...app, credential };
}

/** Throws ConfigError for a permission that could set a password; warns of missing ones. */
export async function checkGrants(tenant: TenantConnection, log: Log): Promise<void> {
  const credential = tenant.kind === 'emulated' ? emulatedCredential(tenant) : tenant.credential;
  const { forbidden, missing } = await checkOwnGrants(credential, scopeOf(tenant));
  if (forbidden.length > 0) {
    throw new ConfigError(
      forbidden.map((name) => `The app registration has ${name}. Remove it: the bot must never have it.`),
    );
  }
  missing.forEach((name) =>
    log.warn({ permission: name }, 'a permission was not granted; calls that need it will be refused'),
  );
}
