/**
 * Finds people by what a technician typed. What was typed is data inside a literal; it never becomes part of a query or a
 * path.
 */
import type { FoundPerson } from '../casework/ports/directory.ts';
import { faultOf, readingOf } from './answer.ts';
import type { Answer } from './answer.ts';
import { askTogether, type Part } from './batch.ts';
import type { GraphClient } from './client.ts';
import { beginnings, distance, nameWords } from './name-match.ts';
import { EVENTUAL, literal, path, searchClause } from './odata.ts';
import { FOUND_PROPERTIES, foundShape, page } from './shapes.ts';
import type { FoundEntry } from './shapes.ts';
import { oneLine } from './text.ts';
import { personOf } from './users.ts';

const MAX_QUERY_CHARACTERS = 120;
const RESOURCE = '/users';
/** Graph refuses a filter with more alternatives. */
const MAX_ALTERNATIVES = 15;
const NAME_PROPERTIES = ['givenName', 'surname', 'displayName'] as const;
/** Only the longest words are looked up when a name may be misspelled: the others would find half the company. */
const WORDS_LOOKED_UP = 2;

/** DOMAIN\user, as callers with a synced account say it. */
interface SignInName {
  readonly domain: string;
  readonly user: string;
}

/**
 * People by UPN, mail, employee id, alias, on-premises account name or display name, in this order of exactness, in one
 * round trip; the beginning of a name counts as similar. If one of the exact ones matches, only exact matches are returned (more than one if people share a mail
 * address). When nobody matches, a second round trip looks for names without their accents or with one slip; those are
 * marked as similar. Throws a Fault when Graph cannot be read: "nobody found" must mean that there is nobody.
 */
export async function findPeople(
  client: GraphClient,
  query: string,
  limit: number,
  now: number,
): Promise<readonly FoundPerson[]> {
  const text = oneLine(query, MAX_QUERY_CHARACTERS);
  // A text without a letter or digit is not a name, and a search without a word would find everybody.
  if (!/[\p{L}\p{N}]/u.test(text) || limit < 1) return [];
  const name = signInName(text);
  const answers = await askTogether(client, 'find-people', exactParts(text, name), now);
  const certain = [...entriesOf(answers.exact), ...entriesOf(answers.account)];
  const exact = exactHits(certain, text, name);
  if (exact.length > 0) return exact.slice(0, limit).map((entry) => foundAs(entry, 'as-written'));
  const named = distinct([...entriesOf(answers.begins), ...entriesOf(answers.words)]);
  if (named.length > 0) {
    named.sort((a, b) => Number(sameText(b.displayName, text)) - Number(sameText(a.displayName, text)));
    const typed = wholeWords(text);
    return named.slice(0, limit).map((entry) => {
      const words = wholeWords(entry.displayName ?? '');
      return foundAs(entry, typed.every((word) => words.includes(word)) ? 'as-written' : 'similar');
    });
  }
  // The account name fits, but not the domain: somebody has to look.
  const elsewhere = name === null ? [] : certain.filter((entry) => isAccount(entry, name.user));
  const similar = elsewhere.length > 0 ? distinct(elsewhere) : await similarNames(client, name?.user ?? text, now);
  return similar.slice(0, limit).map((entry) => foundAs(entry, 'similar'));
}

/** Hartman is the beginning of Hartmann, and may still be somebody else: only whole words count as written. */
function wholeWords(name: string): readonly string[] {
  return name
    .toLowerCase()
    .normalize('NFC')
    .split(/[^\p{L}\p{M}\p{N}]+/u)
    .filter((word) => word !== '');
}

function foundAs(entry: FoundEntry, match: FoundPerson['match']): FoundPerson {
  return { ...personOf(entry), match };
}

function signInName(text: string): SignInName | null {
  const parts = /^([^\\\s]{1,64})\\([^\\\s]{1,64})$/u.exec(text);
  return parts === null ? null : { domain: parts[1] ?? '', user: parts[2] ?? '' };
}

function exactParts(text: string, name: SignInName | null): Record<'exact' | 'account' | 'begins' | 'words', Part> {
  const [$select, $top] = [FOUND_PROPERTIES, 25];
  const wanted = literal(text);
  const account = literal(name?.user ?? text);
  const exact = [
    ...['userPrincipalName', 'mail', 'employeeId'].map((property) => `${property} eq ${wanted}`),
    `mailNickname eq ${account}`,
    `startsWith(userPrincipalName,${literal(`${name?.user ?? text}@`)})`,
  ].join(' or ');
  return {
    exact: { path: path(RESOURCE, { $filter: exact, $select, $top }) },
    // The on-premises account name can only be asked for as an advanced query.
    account: {
      path: path(RESOURCE, { $filter: `onPremisesSamAccountName eq ${account}`, $count: 'true', $select, $top }),
      headers: EVENTUAL,
    },
    begins: { path: path(RESOURCE, { $filter: `startsWith(displayName,${wanted})`, $select, $top }) },
    words: { path: path(RESOURCE, { $search: searchClause('displayName', text), $select, $top }), headers: EVENTUAL },
  };
}

/** The hits on the most exact property that has any. */
function exactHits(entries: readonly FoundEntry[], text: string, name: SignInName | null): readonly FoundEntry[] {
  for (const property of ['userPrincipalName', 'mail', 'employeeId'] as const) {
    const hits = entries.filter((entry) => sameText(entry[property], text));
    if (hits.length > 0) return distinct(hits);
  }
  return distinct(
    entries.filter((entry) =>
      name === null
        ? isAccount(entry, text) || isAlias(entry, text)
        : isAccount(entry, name.user) && isOfDomain(entry, name.domain),
    ),
  );
}

function isAccount(entry: FoundEntry, user: string): boolean {
  return sameText(entry.onPremisesSamAccountName, user);
}

function isAlias(entry: FoundEntry, text: string): boolean {
  return (
    sameText(entry.mailNickname, text) || entry.userPrincipalName.toLowerCase().startsWith(`${text.toLowerCase()}@`)
  );
}

/** The directory knows the DNS name (corp.example.com); people say its first part (CORP), or all of it. */
function isOfDomain(entry: FoundEntry, domain: string): boolean {
  const known = entry.onPremisesDomainName?.toLowerCase() ?? '';
  const said = domain.toLowerCase();
  return known === said || known.startsWith(`${said}.`);
}

/** People whose names are like what was typed, the closest first. */
async function similarNames(client: GraphClient, text: string, now: number): Promise<readonly FoundEntry[]> {
  const local = text.includes('@') ? text.slice(0, text.indexOf('@')) : text;
  const words = local.split(/[^\p{L}\p{M}]+/u).filter((word) => word.length >= 3);
  const longest = words.toSorted((one, other) => other.length - one.length).slice(0, WORDS_LOOKED_UP);
  const filters = longest.flatMap((word) => filtersFor(beginnings(word)));
  if (filters.length === 0) return [];
  const parts = Object.fromEntries(
    filters.map(($filter, at): [string, Part] => [
      `similar-${at}`,
      { path: path(RESOURCE, { $filter, $select: FOUND_PROPERTIES, $top: 100 }) },
    ]),
  );
  const answers = await askTogether(client, 'find-people', parts, now);
  const typed = nameWords(text);
  const close = distinct(Object.values(answers).flatMap(entriesOf)).flatMap((entry) => {
    const far = distance(typed, nameWords(entry.displayName ?? entry.userPrincipalName));
    return far === null ? [] : [{ entry, far }];
  });
  return close.toSorted((one, other) => one.far - other.far).map(({ entry }) => entry);
}

/** "Begins with any of these", as filters that Graph accepts. */
function filtersFor(starts: readonly string[]): readonly string[] {
  const each = Math.floor(MAX_ALTERNATIVES / NAME_PROPERTIES.length);
  const filters: string[] = [];
  for (let at = 0; at < starts.length; at += each) {
    const alternatives = starts
      .slice(at, at + each)
      .flatMap((start) => NAME_PROPERTIES.map((property) => `startsWith(${property},${literal(start)})`));
    filters.push(alternatives.join(' or '));
  }
  return filters;
}

function entriesOf(answer: Answer | undefined): readonly FoundEntry[] {
  if (answer === undefined) return [];
  const people = readingOf(answer, page(foundShape));
  if (people.kind !== 'read') throw faultOf('find-people', people.why, answer);
  return people.value.items;
}

function distinct(entries: readonly FoundEntry[]): FoundEntry[] {
  return [...new Map(entries.map((entry) => [entry.id, entry])).values()];
}

const sameText = (a: string | null, b: string): boolean => a?.toLowerCase() === b.toLowerCase();
