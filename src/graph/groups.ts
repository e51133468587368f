/**
 * The groups that matter for a decision: role-assignable ones, protected ones, VIPs, and the targets of the tenant's
 * pass policy. An answer counts only for the groups that were asked about; membership in any other group is unknown,
 * not "no".
 */
import { z } from 'zod';
import type { GroupFacts, GroupId, PersonId, Reading } from '../procedure/facts.ts';
import { read, readingOf, unread } from './answer.ts';
import type { Answer } from './answer.ts';
import { askAll, MAX_PARTS } from './batch.ts';
import type { Part } from './batch.ts';
import type { GraphClient } from './client.ts';
import type { GroupAccesses } from './group-access.ts';
import type { KnownGroups } from './group-kinds.ts';
import type { GroupsInside } from './groups-inside.ts';
import { EVENTUAL, path, segment } from './odata.ts';
import { id, wholeList } from './shapes.ts';

/** Graph's own limit for one membership check. */
const MAX_IDS = 20;
const matches = wholeList(id);
const memberGroups = wholeList(z.looseObject({ id }));
// A group always has a name. If it is missing, the bot was not allowed to see the group's properties.
const ownedGroups = wholeList(
  z.looseObject({ id, displayName: z.string().nullable(), isAssignableToRole: z.boolean().nullable() }),
);

/** Reads for the batch that opens a case: role-assignable groups the person is in or owns. */
export function groupParts(person: PersonId) {
  const user = `/users/${segment(person)}`;
  return {
    roleGroups: {
      path: path(`${user}/transitiveMemberOf/microsoft.graph.group`, {
        $filter: 'isAssignableToRole eq true',
        $select: 'id,isAssignableToRole',
        $count: 'true',
      }),
      headers: EVENTUAL,
    },
    ownedGroups: {
      path: path(`${user}/ownedObjects/microsoft.graph.group`, {
        $select: 'id,displayName,isAssignableToRole',
        $count: 'true',
        $top: 999,
      }),
      headers: EVENTUAL,
    },
  } satisfies Record<string, Part>;
}

/** What is known about memberships: of the groups in `asked`, the person is in those in `member`. */
export interface Memberships {
  readonly asked: ReadonlySet<string>;
  readonly member: ReadonlySet<string>;
}

/** Membership checks for a batch, twenty groups each. At most `count` checks; groups beyond that are not asked about. */
export function membershipParts(
  person: PersonId,
  groups: readonly string[],
  count = MAX_PARTS,
): Record<`members${number}`, Part> {
  const parts: Record<`members${number}`, Part> = {};
  for (let n = 0; n < count && n * MAX_IDS < groups.length; n += 1) {
    parts[`members${n}`] = {
      path: path(`/users/${segment(person)}/checkMemberGroups`),
      groupIds: groups.slice(n * MAX_IDS, (n + 1) * MAX_IDS),
    };
  }
  return parts;
}

/** The memberships in the answers to a batch with these parts. One unread check makes the whole result unread. */
export function membershipsIn(
  parts: Readonly<Record<string, Part>>,
  answers: Readonly<Record<string, Answer>>,
): Reading<Memberships> {
  const asked = new Set<string>();
  const member = new Set<string>();
  for (const [name, { groupIds = [] }] of Object.entries(parts)) {
    const answer = answers[name];
    const found = answer === undefined ? unread('missing') : readingOf(answer, matches);
    if (found.kind !== 'read') return found;
    for (const group of groupIds) asked.add(group);
    for (const group of found.value) member.add(group);
  }
  return read({ asked, member });
}

/**
 * Adds the groups that were not asked about yet, and makes sure that an empty answer means "in none of them". Makes a further
 * round trip only if there are such groups, or groups of which it is not known yet whether they hide their members.
 */
export async function completeMemberships(
  client: GraphClient,
  person: PersonId,
  known: Reading<Memberships>,
  wanted: { readonly configured: readonly string[]; readonly others: readonly string[]; readonly kinds: KnownGroups },
  now: number,
): Promise<Reading<Memberships>> {
  if (known.kind !== 'read') return known;
  const needed = [...new Set([...wanted.configured, ...wanted.others])];
  const missing = needed.filter((group) => !known.value.asked.has(group));
  const parts = membershipParts(person, missing, MAX_PARTS);
  const answers = await askAll(client, 'read-memberships', { ...parts, ...wanted.kinds.parts(needed, now) }, now);
  wanted.kinds.learn(answers, now);
  const shown = await wanted.kinds.shownIn(needed, wanted.configured, now);
  if (shown.kind !== 'read') return shown;
  const more = membershipsIn(parts, Object.fromEntries(answers));
  if (more.kind !== 'read') return more;
  const asked = new Set([...known.value.asked, ...more.value.asked]);
  // More than 400 groups at once: no real policy has that many, and half an answer is not an answer.
  if (needed.some((group) => !asked.has(group))) return unread('unknown-shape');
  return read({ asked, member: new Set([...known.value.member, ...more.value.member]) });
}

/** The groups that the configuration names. */
export interface ConfiguredGroups {
  readonly protectedGroups: readonly GroupId[];
  readonly vipGroup: GroupId | null;
  /** The groups of the helpdesk roles. Their owners can make anybody a member, so owning one counts as much. */
  readonly helpdeskGroups: readonly GroupId[];
}

/** The same, with the groups inside those of the helpdesk; to own one of them counts as well. */
interface GroupsThatMatter extends ConfiguredGroups {
  readonly inside: Reading<GroupsInside>;
}

/**
 * The group facts. Whoever is in a group by PIM, or could get into it by PIM, counts as somebody who is in it. One part that
 * could not be read makes all of them unread, except for what the caller could get into: that is missing where the roles are that
 * they could activate (`eligibleReading`), so that a tenant without PIM is treated alike in both.
 */
export function groupsOf(
  answers: Readonly<Record<'roleGroups' | 'ownedGroups', Answer>>,
  memberships: Reading<Memberships>,
  byPim: GroupAccesses,
  { inside, ...configured }: GroupsThatMatter,
): Reading<GroupFacts> {
  const inRoleGroups = readingOf(answers.roleGroups, memberGroups);
  if (inRoleGroups.kind !== 'read') return inRoleGroups;
  const owned = readingOf(answers.ownedGroups, ownedGroups);
  if (owned.kind !== 'read') return owned;
  if (owned.value.some(({ displayName }) => displayName === null)) return unread('denied');
  // Whoever owns no group owns none inside.
  if (inside.kind !== 'read' && owned.value.length > 0) return inside;
  const isInside = (group: string): boolean => inside.kind === 'read' && inside.value.has(group);
  if (memberships.kind !== 'read') return memberships;
  const { assigned, eligible } = byPim;
  if (assigned.kind !== 'read' && assigned.why !== 'not-licensed') return assigned;
  const reached = [assigned, eligible].flatMap((access) => (access.kind === 'read' ? [access.value] : []));
  const isIn = (group: string): boolean =>
    memberships.value.member.has(group) || reached.some(({ groups }) => groups.has(group));
  return read({
    inRoleAssignableGroup:
      inRoleGroups.value.length > 0 ||
      owned.value.some(({ isAssignableToRole }) => isAssignableToRole === true) ||
      reached.some(({ roleAssignable }) => roleAssignable),
    inProtectedGroup: configured.protectedGroups.some(isIn),
    inVipGroup: configured.vipGroup !== null && isIn(configured.vipGroup),
    inHelpdeskGroup:
      configured.helpdeskGroups.some(
        (group) => isIn(group) || owned.value.some(({ id: ownedId }) => ownedId === group),
      ) || owned.value.some(({ id: ownedId }) => isInside(ownedId)),
  });
}

/** The roles that the caller could activate are read only when the groups are, too: both can make them an administrator. */
export function eligibleReading<T>(roles: Reading<T>, { eligible }: GroupAccesses): Reading<T> {
  if (roles.kind !== 'read' || eligible.kind === 'read') return roles;
  return eligible;
}
