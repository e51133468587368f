/**
 * Which tenant the bot talks to, and with which credential: a real tenant in one of Microsoft's clouds, or the
 * emulated one. Without a credential the bot talks to this machine only.
 */
import { ClientCertificateCredential, ClientSecretCredential, ManagedIdentityCredential } from '@azure/identity';
import type { TokenCredential } from '@azure/identity';
import type { AuthenticationProvider } from '@microsoft/microsoft-graph-client';
import { TokenCredentialAuthenticationProvider } from '@microsoft/microsoft-graph-client/authProviders/azureTokenCredentials/index.js';

/** Microsoft's clouds, with the hosts of Graph and of the sign-in. `global` includes GCC. */
const CLOUDS = {
  global: { graph: 'https://graph.microsoft.com', login: 'https://login.microsoftonline.com' },
  'us-gov-l4': { graph: 'https://graph.microsoft.us', login: 'https://login.microsoftonline.us' },
  'us-gov-l5': { graph: 'https://dod-graph.microsoft.us', login: 'https://login.microsoftonline.us' },
  china: { graph: 'https://microsoftgraph.chinacloudapi.cn', login: 'https://login.chinacloudapi.cn' },
} as const;

/** The name of a cloud. */
type Cloud = keyof typeof CLOUDS;

/** How the bot authenticates to Entra. */
type AppCredential =
  | { readonly kind: 'secret'; readonly secret: string }
  | { readonly kind: 'certificate'; readonly path: string }
  | { readonly kind: 'managed-identity' };

/** A tenant to talk to. */
export type TenantConnection =
  | {
      readonly kind: 'entra';
      readonly cloud: Cloud;
      readonly tenantId: string;
      readonly clientId: string;
      readonly credential: TokenCredential;
    }
  | { readonly kind: 'emulated'; readonly origin: string };

/** The token for the emulated tenant. It is not a secret: there are no real people in the emulator. */
const EMULATED_TOKEN = 'emulated-tenant';

/** The credential object for an app registration. The secret or key is sent to Entra and nowhere else. */
export function credentialFor(
  app: { readonly cloud: Cloud; readonly tenantId: string; readonly clientId: string },
  proof: AppCredential,
): TokenCredential {
  const options = { authorityHost: CLOUDS[app.cloud].login };
  switch (proof.kind) {
    case 'secret':
      return new ClientSecretCredential(app.tenantId, app.clientId, proof.secret, options);
    case 'certificate':
      return new ClientCertificateCredential(app.tenantId, app.clientId, proof.path, options);
    case 'managed-identity':
      return new ManagedIdentityCredential({ clientId: app.clientId });
  }
}

/** Scheme and host of Graph for this connection, as the SDK expects them. */
export function graphHostOf(tenant: TenantConnection): string {
  return CLOUDS[tenant.kind === 'entra' ? tenant.cloud : 'global'].graph;
}

/** The scope of an app-only token. */
export function scopeOf(tenant: TenantConnection): string {
  return `${graphHostOf(tenant)}/.default`;
}

/** Where requests really go: `null` for Graph itself. Throws TypeError for an emulated tenant on another machine. */
export function emulatedOriginOf(tenant: TenantConnection): string | null {
  if (tenant.kind === 'entra') return null;
  const { protocol, hostname, origin } = new URL(tenant.origin);
  const loopback = ['127.0.0.1', '[::1]', 'localhost'].includes(hostname);
  if (protocol !== 'http:' || !loopback) {
    throw new TypeError('An emulated tenant must be on this machine (http://127.0.0.1:port).');
  }
  return origin;
}

/** Where the SDK gets its tokens. */
export function authenticationOf(tenant: TenantConnection): AuthenticationProvider {
  if (tenant.kind === 'emulated') return { getAccessToken: () => Promise.resolve(EMULATED_TOKEN) };
  return new TokenCredentialAuthenticationProvider(tenant.credential, { scopes: [scopeOf(tenant)] });
}
