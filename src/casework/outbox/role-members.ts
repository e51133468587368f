/**
 * Who is in a role at this moment, and can be written to: the members of its group, read from the directory for every request and
 * every alarm. Whoever left the group or was disabled since gets nothing, least of all a name. When the group cannot be read,
 * nobody is guessed.
 */
import type { Role } from '../../procedure/actions.ts';
import type { PersonId, Reading, UnreadReason } from '../../procedure/facts.ts';
import type { Directory, GroupMember, GroupMembers } from '../ports/directory.ts';
import { Fault } from '../ports/fault.ts';
import type { Ledger } from '../ports/ledger.ts';
import type { Delivery } from '../ports/messenger.ts';
import type { Deadline } from '../ports/runtime.ts';
import type { RoleGroups, RolesOf } from '../turns/access.ts';

/**
 * The people of a role whose accounts are enabled, those first who used the bot most recently. Not taken from the tenant index,
 * which is minutes old: this list decides who reads the name of a caller.
 */
export type MembersOf = (role: Role, deadline?: Deadline) => Promise<Reading<GroupMembers>>;

/** What the look-up needs. */
export interface MemberParts {
  readonly ledger: Pick<Ledger, 'peopleAs'>;
  readonly directory: Pick<Directory, 'membersOf'>;
  readonly groups: RoleGroups;
  readonly rolesOf: RolesOf;
}

/** People who wrote to the bot in a role and are not on the list, looked up one by one at most. */
const UNLISTED_AT_MOST = 20;

/** Builds the look-up. */
export function createMembersOf({ ledger, directory, groups, rolesOf }: MemberParts): MembersOf {
  return async (role, deadline) => {
    const [listed, seen] = await Promise.all([directory.membersOf(groups[role], deadline), ledger.peopleAs(role)]);
    if (listed.kind !== 'read') return listed;
    const known = new Map(listed.value.people.map((member) => [member.id, member]));
    // Of a group with hidden members Graph may list nobody, and of a huge one not everybody. It still says of each person whether
    // they are in it.
    const unlisted = seen.filter((person) => !known.has(person)).slice(0, UNLISTED_AT_MOST);
    const confirmed = await Promise.all(unlisted.map(async (person) => (await isIn(person, role, deadline)) && person));
    for (const id of confirmed) if (id !== false) known.set(id, { id, displayName: '', number: null });
    return { kind: 'read', value: { people: bySight([...known.values()], seen), listed: listed.value.listed } };
  };

  async function isIn(person: PersonId, role: Role, deadline: Deadline | undefined): Promise<boolean> {
    try {
      return (await rolesOf(person, { fresh: true, deadline })).has(role);
    } catch (error) {
      if (error instanceof Fault) return false; // unread is no member: they are sent nothing
      throw error;
    }
  }
}

/** Those first who were seen last; the others by their ids, so that the order is the same every time. */
function bySight(members: readonly GroupMember[], seen: readonly PersonId[]): readonly GroupMember[] {
  const place = new Map(seen.map((person, index) => [person, index]));
  const of = ({ id }: GroupMember): number => place.get(id) ?? Infinity;
  return members.toSorted((a, b) => (of(a) === of(b) ? (a.id < b.id ? -1 : 1) : of(a) - of(b)));
}

/** The outcome of a message to a role, as the ledger has it. Older versions wrote the form without "more than", too. */
export const reachedOutcome = (reached: number, of: number, listed: GroupMembers['listed']): string =>
  `reached ${reached} of ${listed === 'all' ? '' : 'more than '}${of}`;
/** The same when it was not known who is in the role. */
export const unreadOutcome = (why: UnreadReason): string => `not read: ${why}`;
/** The outcome of a message to one person. */
export const deliveryOutcome = (delivery: Delivery): string =>
  delivery.kind === 'delivered' ? 'delivered' : `not delivered: ${delivery.why}`;
