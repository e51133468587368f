/**
 * The groups that matter for a decision: role-assignable ones, protected ones, VIPs, and the targets of the tenant's
 * pass policy. An answer counts only for the groups that were asked about; membership in any other group is unknown,
 * not "no".
 */
import { z } from 'zod';
import type { GroupFacts, GroupId, PersonId, Reading } from '../procedure/facts.ts';
import { read, readingOf, unread } from './answer.ts';
import type { Answer } from './answer.ts';
import { MAX_PARTS, askTogether } from './batch.ts';
import type { Part } from './batch.ts';
import type { GraphClient } from './client.ts';
import { EVENTUAL, path, segment } from './odata.ts';
import { id, wholeList } from './shapes.ts';

/** Graph's own limit for one membership check. */
const MAX_IDS = 20;
/** Membership checks that fit into the first batch together with everything else. */
const CHECKS_IN_BATCH = 8;

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
  count = CHECKS_IN_BATCH,
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

/** Adds the groups that were not asked about yet. Makes a further round trip only if there are such groups. */
export async function completeMemberships(
  client: GraphClient,
  person: PersonId,
  known: Reading<Memberships>,
  needed: readonly string[],
  now: number,
): Promise<Reading<Memberships>> {
  if (known.kind !== 'read') return known;
  const missing = needed.filter((group) => !known.value.asked.has(group));
  if (missing.length === 0) return known;
  const parts = membershipParts(person, missing, MAX_PARTS);
  const more = membershipsIn(parts, await askTogether(client, 'read-memberships', parts, now));
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

/** The group facts. One part that could not be read makes all of them unread. */
export function groupsOf(
  answers: Readonly<Record<'roleGroups' | 'ownedGroups', Answer>>,
  memberships: Reading<Memberships>,
  configured: ConfiguredGroups,
): Reading<GroupFacts> {
  const inRoleGroups = readingOf(answers.roleGroups, memberGroups);
  if (inRoleGroups.kind !== 'read') return inRoleGroups;
  const owned = readingOf(answers.ownedGroups, ownedGroups);
  if (owned.kind !== 'read') return owned;
  if (owned.value.some(({ displayName }) => displayName === null)) return unread('denied');
  if (memberships.kind !== 'read') return memberships;
  const { member } = memberships.value;
  return read({
    inRoleAssignableGroup:
      inRoleGroups.value.length > 0 || owned.value.some(({ isAssignableToRole }) => isAssignableToRole === true),
    inProtectedGroup: configured.protectedGroups.some((group) => member.has(group)),
    inVipGroup: configured.vipGroup !== null && member.has(configured.vipGroup),
    inHelpdeskGroup: configured.helpdeskGroups.some(
      (group) => member.has(group) || owned.value.some(({ id: ownedId }) => ownedId === group),
    ),
  });
}
