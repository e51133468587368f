/**
 * Where the bot gets its token: as at Entra, the token names the permissions that were granted and the directory roles
 * of the bot's service principal. Nobody checks its signature, because it has none; the tenant accepts any token.
 */
import { BOT_APP } from './logs.ts';
import type { Json, World } from './world.ts';

/** In every app-only token: says that its owner holds no directory role by itself. */
const DEFAULT_WID = '0997a1d0-0d1d-4acb-b408-d5ca73121e90';
const SCOPE = 'https://graph.microsoft.com/.default';
const LIFETIME_SECONDS = 3599;

interface TokenAnswer {
  readonly status: number;
  readonly body: Json;
}

/** Whether a path is that of the token endpoint: `/{tenant}/oauth2/v2.0/token`. */
export function isTokenPath(path: string): boolean {
  return /^\/[^/]+\/oauth2\/v2\.0\/token$/.test(path);
}

/** Answers a request for a token by client credentials, whatever the secret. Refusals are Entra's own. */
export function answerToken(world: World, path: string, form: URLSearchParams): TokenAnswer {
  const tenant = decodeURIComponent(path.split('/')[1] ?? '').toLowerCase();
  if (![world.tenantId, world.domain, 'organizations'].includes(tenant)) {
    return refusal('invalid_request', `AADSTS90002: Tenant '${tenant}' not found.`);
  }
  if (form.get('grant_type') !== 'client_credentials') {
    return refusal('unsupported_grant_type', 'AADSTS70003: The app requested an unsupported grant type.');
  }
  if (form.get('scope') !== SCOPE) {
    return refusal('invalid_scope', 'AADSTS1002012: The provided value for scope is not valid.');
  }
  return {
    status: 200,
    body: { token_type: 'Bearer', expires_in: LIFETIME_SECONDS, access_token: tokenOf(world) },
  };
}

function refusal(error: string, description: string): TokenAnswer {
  return { status: 400, body: { error, error_description: description } };
}

function tokenOf(world: World): string {
  const issued = Math.floor(world.now() / 1000);
  const roles = [...world.permissions, ...world.otherPermissions];
  const claims = {
    aud: 'https://graph.microsoft.com',
    iss: `https://sts.windows.net/${world.tenantId}/`,
    iat: issued,
    nbf: issued,
    exp: issued + LIFETIME_SECONDS,
    app_displayname: BOT_APP.displayName,
    appid: BOT_APP.appId,
    idtyp: 'app',
    oid: BOT_APP.servicePrincipalId,
    ...(roles.length === 0 ? {} : { roles }), // without a permission the claim is missing
    tid: world.tenantId,
    ver: '1.0',
    wids: [DEFAULT_WID, ...world.botRoles],
  };
  const part = (value: unknown): string => Buffer.from(JSON.stringify(value), 'utf8').toString('base64url');
  return `${part({ typ: 'JWT', alg: 'none' })}.${part(claims)}.`;
}
