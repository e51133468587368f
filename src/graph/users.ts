/**
 * Finds people by what a technician typed, or by id. What was typed is data inside a literal; it never becomes part of
 * a query or a path.
 */
import type { Person } from '../casework/ports/directory.ts';
import type { AccountFacts, AccountKind, PersonId } from '../procedure/facts.ts';
import { faultOf, isNotFound, readingOf } from './answer.ts';
import type { Answer } from './answer.ts';
import { askTogether } from './batch.ts';
import type { GraphClient } from './client.ts';
import { EVENTUAL, literal, path, searchClause, segment } from './odata.ts';
import { PERSON_PROPERTIES, page, personShape } from './shapes.ts';
import type { CallerEntry, PersonEntry } from './shapes.ts';
import { oneLine } from './text.ts';

const MAX_QUERY_CHARACTERS = 120;

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

function membersOf(call: string, answer: Answer): readonly PersonEntry[] {
  const people = readingOf(answer, page(personShape));
  if (people.kind !== 'read') throw faultOf(call, people.why, answer);
  return people.value.items;
}

const sameText = (a: string | null, b: string): boolean => a?.toLowerCase() === b.toLowerCase();

/**
 * People by UPN, mail, employee id or display name, in this order of exactness, in one round trip. If one of the first
 * three matches exactly, only exact matches are returned (more than one if people share a mail address).
 * Throws a Fault when Graph cannot be read: "nobody found" must mean that there is nobody.
 */
export async function findPeople(
  client: GraphClient,
  query: string,
  limit: number,
  now: number,
): Promise<readonly Person[]> {
  const text = oneLine(query, MAX_QUERY_CHARACTERS);
  // A text without a letter or digit is not a name, and a search without a word would find everybody.
  if (!/[\p{L}\p{N}]/u.test(text) || limit < 1) return [];
  const wanted = literal(text);
  const exact = `userPrincipalName eq ${wanted} or mail eq ${wanted} or employeeId eq ${wanted}`;
  const resource = '/users';
  const $select = PERSON_PROPERTIES;
  const answers = await askTogether(
    client,
    'find-people',
    {
      exact: { path: path(resource, { $filter: exact, $select, $top: 25 }) },
      begins: { path: path(resource, { $filter: `startsWith(displayName,${wanted})`, $select, $top: 25 }) },
      words: {
        path: path(resource, { $search: searchClause('displayName', text), $select, $top: 25 }),
        headers: EVENTUAL,
      },
    },
    now,
  );

  const certain = membersOf('find-people', answers.exact);
  for (const property of ['userPrincipalName', 'mail', 'employeeId'] as const) {
    const hits = certain.filter((entry) => sameText(entry[property], text));
    if (hits.length > 0) return hits.slice(0, limit).map(personOf);
  }
  const named = new Map<string, PersonEntry>();
  for (const entry of [...membersOf('find-people', answers.begins), ...membersOf('find-people', answers.words)]) {
    named.set(entry.id, entry);
  }
  const byExactness = [...named.values()].sort(
    (a, b) => Number(sameText(b.displayName, text)) - Number(sameText(a.displayName, text)),
  );
  return byExactness.slice(0, limit).map(personOf);
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
