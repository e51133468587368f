/**
 * One person by id, and how an entry of the directory is read as a person. Its text is the directory's own and is cleaned
 * by the cards.
 */
import type { Person } from '../casework/ports/directory.ts';
import type { AccountFacts, AccountKind, PersonId } from '../procedure/facts.ts';
import { faultOf, isNotFound, readingOf } from './answer.ts';
import type { GraphClient } from './client.ts';
import { path, segment } from './odata.ts';
import { PERSON_PROPERTIES, personShape } from './shapes.ts';
import type { CallerEntry, PersonEntry } from './shapes.ts';

/** Member, internal guest, or external guest: somebody whose password is kept in another tenant, whatever their user type. */
export function accountKind(entry: PersonEntry): AccountKind {
  const invited =
    entry.userPrincipalName.toUpperCase().includes('#EXT#') ||
    entry.creationType?.toLowerCase() === 'invitation' ||
    entry.externalUserState !== null;
  if (invited) return 'external-guest';
  return entry.userType?.toLowerCase() === 'guest' ? 'internal-guest' : 'member';
}

/** A directory entry as the ports describe a person. The text is the directory's own; the cards clean it. */
export function personOf(entry: PersonEntry): Person {
  return {
    id: entry.id as PersonId,
    displayName: entry.displayName ?? entry.userPrincipalName,
    userPrincipalName: entry.userPrincipalName,
    department: entry.department,
    jobTitle: entry.jobTitle,
    isGuest: accountKind(entry) !== 'member',
  };
}

/** The account's facts. */
export function accountOf(entry: CallerEntry): AccountFacts {
  return {
    enabled: entry.accountEnabled,
    kind: accountKind(entry),
    synced: entry.onPremisesSyncEnabled === true,
    managementRestricted: entry.isManagementRestricted === true,
  };
}

/** One person by id; `null` when Graph says there is none. Throws a Fault when Graph cannot be read. */
export async function readPerson(client: GraphClient, id: PersonId): Promise<Person | null> {
  const answer = await client.ask({
    call: 'read-person',
    method: 'GET',
    path: path(`/users/${segment(id)}`, { $select: PERSON_PROPERTIES }),
  });
  if (isNotFound(answer)) return null;
  const entry = readingOf(answer, personShape);
  if (entry.kind !== 'read') throw faultOf('read-person', entry.why, answer);
  return personOf(entry.value);
}
