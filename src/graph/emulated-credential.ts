/**
 * The bot's own token from the emulated tenant, so that the check of what was granted is the same there as at Entra.
 * The token opens nothing: the emulated tenant accepts any.
 */
import type { TokenCredential } from '@azure/identity';
import { z } from 'zod';
import { emulatedOriginOf } from './connection.ts';
import type { TenantConnection } from './connection.ts';

/** The longest the token may take, in milliseconds. */
const TIMEOUT_MS = 8000;

const answerShape = z.looseObject({ access_token: z.string() });

/** A credential for the emulated tenant. It asks anew each time. Throws TypeError for a tenant on another machine. */
export function emulatedCredential(tenant: Extract<TenantConnection, { kind: 'emulated' }>): TokenCredential {
  const endpoint = `${emulatedOriginOf(tenant) ?? ''}/organizations/oauth2/v2.0/token`;
  return {
    getToken: async (scopes) => {
      const scope = typeof scopes === 'string' ? scopes : scopes.join(' ');
      const form = { grant_type: 'client_credentials', client_id: 'hardline', client_secret: 'emulated', scope };
      const signal = AbortSignal.timeout(TIMEOUT_MS);
      const response = await fetch(endpoint, { method: 'POST', body: new URLSearchParams(form), signal });
      const { access_token: token } = answerShape.parse(await response.json());
      return { token, expiresOnTimestamp: 0 }; // nobody should keep it
    },
  };
}

/** Where the bot gets its token, whichever tenant it works in. */
export function credentialOf(tenant: TenantConnection): TokenCredential {
  return tenant.kind === 'emulated' ? emulatedCredential(tenant) : tenant.credential;
}
