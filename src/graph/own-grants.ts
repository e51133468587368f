/**
 * Tells a denial that lasts from one that passes. Graph answers 403 both when a permission was never granted and for a moment,
 * after a change or while a token is renewed; its answer does not say which. The bot's own token does: it names every application
 * permission that the tenant has granted. So a read that was denied is asked for once more there. Only a token that was read
 * and does not name the permission makes the denial `not-granted`; in every other case it stays `denied`, which keeps the press back.
 */
import type { TokenCredential } from '@azure/identity';
import type { Reading, UnreadReason } from '../procedure/facts.ts';
import type { TenantConnection } from './connection.ts';
import { scopeOf } from './connection.ts';
import { emulatedCredential } from './emulated-credential.ts';
import { claimsOfOwnToken } from './grants.ts';

/** What can be read without its permission being required, with the permissions any one of which is enough. */
const ENOUGH = {
  risk: ['IdentityRiskyUser.Read.All', 'IdentityRiskyUser.ReadWrite.All'],
  eligibility: [
    'RoleManagement.Read.Directory',
    'RoleManagement.Read.All',
    'RoleEligibilitySchedule.Read.Directory',
    'RoleManagement.ReadWrite.Directory',
    'RoleEligibilitySchedule.ReadWrite.Directory',
  ],
} as const satisfies Readonly<Record<string, readonly string[]>>;

/** What the bot may do without. */
type Optional = keyof typeof ENOUGH;

/** What the tenant has granted the bot, as far as its present token tells. */
export interface OwnGrants {
  /** The reason, told apart: `not-granted` for a denial that lasts. */
  why(why: UnreadReason, what: Optional): Promise<UnreadReason>;
  /** The same for a reading. */
  explained<T>(reading: Reading<T>, what: Optional): Promise<Reading<T>>;
}

/** What the tenant has granted. The credential keeps its token, so nothing is sent but once an hour. */
export function ownGrants(tenant: TenantConnection): OwnGrants {
  const credential = tenant.kind === 'entra' ? tenant.credential : emulatedCredential(tenant);
  const scope = scopeOf(tenant);

  const why: OwnGrants['why'] = async (reason, what) => {
    if (reason !== 'denied') return reason;
    const granted = await grantedBy(credential, scope);
    if (granted === null) return reason;
    return ENOUGH[what].some((name) => granted.has(name.toLowerCase())) ? reason : 'not-granted';
  };
  return {
    why,
    explained: async (reading, what) =>
      reading.kind === 'read' ? reading : { kind: 'unread', why: await why(reading.why, what) },
  };
}

/** The permissions that the token names, in lower case; `null` when there is no token, or it cannot be read. */
async function grantedBy(credential: TokenCredential, scope: string): Promise<ReadonlySet<string> | null> {
  try {
    const token = await credential.getToken(scope);
    if (token === null) return null;
    const { roles } = claimsOfOwnToken(token.token);
    // A token without any role is not how Entra writes one for us: it tells nothing.
    return roles.length === 0 ? null : new Set(roles.map((name) => name.toLowerCase()));
  } catch {
    return null; // whatever keeps it from being read, the denial stays what it was
  }
}
