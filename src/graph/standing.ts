/**
 * Who works for the helpdesk at this moment: whether an account is enabled, and which groups it is in. Both are read together,
 * because membership alone says nothing about somebody whose account was disabled a minute ago.
 */
import { z } from 'zod';
import type { AccountNow, GroupMembers } from '../casework/ports/directory.ts';
import type { GroupId, PersonId, Reading } from '../procedure/facts.ts';
import { faultOf, isNotFound, mapReading, readingOf } from './answer.ts';
import { askTogether, type Part } from './batch.ts';
import type { GraphClient } from './client.ts';
import { membershipParts, membershipsIn } from './groups.ts';
import { dialable } from './numbers.ts';
import { EVENTUAL, path, segment } from './odata.ts';
import { withAllPages } from './pages.ts';
import { guid, page } from './shapes.ts';

/** Graph's own limit for one membership check. */
const MAX_GROUPS = 20;

const account = z.looseObject({ accountEnabled: z.boolean() });

/**
 * Where somebody stands now, nested groups included. Somebody the directory does not know stands nowhere. Throws RangeError for
 * more than 20 groups (a bug) and a Fault when Graph cannot be read.
 */
export async function standing(
  client: GraphClient,
  person: PersonId,
  groups: readonly GroupId[],
  now: number,
): Promise<AccountNow> {
  if (groups.length > MAX_GROUPS) throw new RangeError(`At most ${MAX_GROUPS} groups can be checked at once.`);
  const checks = membershipParts(person, groups);
  const parts: Record<string, Part> & { readonly account: Part } = {
    account: { path: path(`/users/${segment(person)}`, { $select: 'id,accountEnabled' }) },
    ...checks,
  };
  const answers = await askTogether(client, 'read-standing', parts, now);
  const { account: answer } = answers;
  if (answer !== undefined && isNotFound(answer)) return { enabled: false, groups: new Set() };
  const known = answer === undefined ? MISSING : readingOf(answer, account);
  if (known.kind !== 'read') throw faultOf('read-standing', known.why, answer);
  const memberships = membershipsIn(checks, answers);
  if (memberships.kind !== 'read') throw faultOf('read-standing', memberships.why, answers['members0']);
  const { member } = memberships.value;
  return {
    enabled: known.value.accountEnabled,
    groups: new Set(groups.filter((group) => member.has(group.toLowerCase()))),
  };
}

const MISSING = { kind: 'unread', why: 'missing' } as const;

const nullableText = z
  .string()
  .nullish()
  .transform((text) => text ?? null);
const memberPage = page(
  z.looseObject({
    id: guid,
    accountEnabled: z.boolean(),
    displayName: nullableText,
    businessPhones: z.array(z.string()),
    mobilePhone: nullableText,
    usageLocation: nullableText,
  }),
);

/**
 * The members of a group whose accounts are enabled, with the number to call them. Of a group with more pages than are read
 * (pages.ts), those on the pages that were read.
 */
export async function membersOf(client: GraphClient, group: GroupId): Promise<Reading<GroupMembers>> {
  const asking = client.withOneDeadline();
  const $select = 'id,accountEnabled,displayName,businessPhones,mobilePhone,usageLocation';
  const part: Part = {
    path: path(`/groups/${segment(group)}/transitiveMembers/microsoft.graph.user`, {
      $select,
      $count: 'true',
      $top: 999,
    }),
    headers: EVENTUAL,
  };
  const call = 'read-group-members';
  const first = await asking.ask({ call, method: 'GET', path: part.path, headers: EVENTUAL });
  return mapReading(readingOf(await withAllPages(asking, call, part, first), memberPage), ({ items, next }) => ({
    people: items
      .filter(({ accountEnabled }) => accountEnabled)
      .map((one) => ({
        id: one.id as PersonId,
        displayName: one.displayName ?? '',
        number: dialable(one.businessPhones[0] ?? one.mobilePhone ?? undefined, one.usageLocation),
      })),
    listed: next === null ? 'all' : 'first-pages',
  }));
}
