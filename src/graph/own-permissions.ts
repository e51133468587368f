/**
 * Which permissions the bot has now: those that its own token names. The credential keeps its token, so asking costs nothing
 * but about once an hour.
 */
import { Fault } from '../casework/ports/fault.ts';
import { scopeOf } from './connection.ts';
import type { TenantConnection } from './connection.ts';
import { credentialOf } from './emulated-credential.ts';
import { readOwnClaims } from './grants.ts';

/** The names in lower case; `null` when the token could not be read, which says nothing about the permissions. */
export type OwnPermissions = () => Promise<ReadonlySet<string> | null>;

/** The permissions in this tenant. */
export function ownPermissions(tenant: TenantConnection): OwnPermissions {
  const credential = credentialOf(tenant);
  return async () => {
    try {
      const { roles } = await readOwnClaims(credential, scopeOf(tenant));
      return new Set(roles.map((name) => name.toLowerCase()));
    } catch (error) {
      if (error instanceof Fault) return null;
      throw error;
    }
  };
}
