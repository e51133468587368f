/**
 * Tells a denial that lasts from one that passes. Graph answers 403 both when a permission was never granted and for a moment,
 * after a change or while a token is renewed; its answer does not say which. The bot's own token does: it names every application
 * permission that the tenant has granted. So a read that was denied is asked for once more there. Only a token that was read
 * and does not name the permission makes the denial `not-granted`; in every other case it stays `denied`, which keeps the press back.
 */
import type { Reading, UnreadReason } from '../procedure/facts.ts';
import type { OwnPermissions } from './own-permissions.ts';

/** What can be read without its permission being required, with the permissions any one of which is enough. The bot starts with no others. */
const ENOUGH = {
  risk: ['IdentityRiskyUser.Read.All'],
  eligibility: ['RoleManagement.Read.Directory', 'RoleManagement.Read.All', 'RoleEligibilitySchedule.Read.Directory'],
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

/** What the tenant has granted, as `permissions` tells. */
export function ownGrants(permissions: OwnPermissions): OwnGrants {
  const why: OwnGrants['why'] = async (reason, what) => {
    if (reason !== 'denied') return reason;
    const granted = await permissions();
    // A token without any role is not how Entra writes one for us: it tells nothing.
    if (granted === null || granted.size === 0) return reason;
    return ENOUGH[what].some((name) => granted.has(name.toLowerCase())) ? reason : 'not-granted';
  };
  return {
    why,
    explained: async (reading, what) =>
      reading.kind === 'read' ? reading : { kind: 'unread', why: await why(reading.why, what) },
  };
}
