/**
 * How to connect to the tenant, from the configuration. What is checked there before the bot starts is in start-checks.ts.
 */
import type { Config } from './config.ts';
import { credentialFor, type TenantConnection } from '../graph/connection.ts';

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
