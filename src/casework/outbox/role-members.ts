/**
 * Who can be written to in a role: the people the ledger knows, checked against the directory before anybody gets a message.
 * Somebody who left the group gets none, and what they press is refused anyway.
 */
import type { PersonId } from '../../procedure/facts.ts';
import { Fault } from '../ports/fault.ts';
import type { Ledger } from '../ports/ledger.ts';
import type { Role } from '../../procedure/actions.ts';
import type { RolesOf } from '../turns/access.ts';

/** Finds the people of a role who have a chat with the bot. */
export type MembersOf = (role: Role) => Promise<readonly PersonId[]>;

/** More than these are not written to: an approval needs one. */
const AT_MOST = 20;

/** Builds the look-up. */
export function createMembersOf(ledger: Pick<Ledger, 'peopleAs'>, rolesOf: RolesOf): MembersOf {
  return async (role) => {
    const known = (await ledger.peopleAs(role)).slice(0, AT_MOST);
    const now = await Promise.all(known.map(async (person) => ((await stillIn(person, role)) ? person : null)));
    return now.filter((person) => person !== null);
  };

  /** Unreadable: they are written to, since the role is read again when they press. */
  async function stillIn(person: PersonId, role: Role): Promise<boolean> {
    try {
      return (await rolesOf(person, { fresh: true })).has(role);
    } catch (error) {
      if (error instanceof Fault) return true;
      throw error;
    }
  }
}
