/**
 * Groups whose members could get into another group by PIM. One group can be eligible for another, also for a role-assignable one:
 * then each of its members can activate a membership there for themselves. Lists of what one person is eligible for do not
 * have to show that, so it is asked the other way round: who is eligible for the groups that matter? Those are the role-assignable
 * groups of the tenant, the configured groups, and in turn the groups that lead there.
 *
 * Groups inside the helpdesk's own count like these. The answer is the same for every caller, so it is kept (kept-look.ts).
 */
import { z } from 'zod';
import type { Reading } from '../procedure/facts.ts';
import { read, readingOf, unread } from './answer.ts';
import { askAll, NOT_ASKED } from './batch.ts';
import type { Part } from './batch.ts';
import { GROUP_ACCESS_BASE } from './group-access.ts';
import type { GroupAccess } from './group-access.ts';
import type { GroupsInside } from './groups-inside.ts';
import { keptLook } from './kept-look.ts';
import type { KeptLook } from './kept-look.ts';
import { EVENTUAL, literal, path, segment } from './odata.ts';
import { withAllPages } from './pages.ts';
import { guid, wholeList } from './shapes.ts';

/** For each group: where its members can get by PIM. */
export type Leads = ReadonlyMap<string, GroupAccess>;

/** A tenant can have 500 role-assignable groups. */
const MOST_GROUPS = 1000;

const groupIds = wholeList(z.looseObject({ id: guid }));
// A principal whose kind Graph does not name could be a group.
const principals = wholeList(
  z.looseObject({
    principalId: guid,
    principal: z.looseObject({ '@odata.type': z.string().nullish() }).nullish(),
  }),
);

const roleAssignable = {
  groups: {
    path: path('/groups', { $filter: 'isAssignableToRole eq true', $select: 'id', $count: 'true', $top: 999 }),
    headers: EVENTUAL,
  },
} satisfies Record<string, Part>;

const eligibleFor = (group: string): Part => ({
  path: path(`${GROUP_ACCESS_BASE}/eligibilityScheduleInstances`, {
    $filter: `groupId eq ${literal(segment(group))}`,
    $expand: 'principal',
  }),
});

const both = (one: GroupAccess | undefined, other: GroupAccess): GroupAccess => ({
  roleAssignable: one?.roleAssignable === true || other.roleAssignable,
  groups: new Set([...(one?.groups ?? []), ...other.groups]),
});

/** Follows the groups that lead to one of `configured`, to one inside them, or to a role-assignable group. */
export function eligibleGroups(configured: readonly string[], inside: KeptLook<GroupsInside>): KeptLook<Leads> {
  return keptLook<Leads>(async (client, now) => {
    const answers = await askAll(client, 'read-role-groups', roleAssignable, now);
    const first = answers.get('groups') ?? NOT_ASKED;
    const all = await withAllPages(client, 'read-role-groups', roleAssignable.groups, first);
    const holders = readingOf(all, groupIds);
    if (holders.kind !== 'read') return holders;
    const nested = await inside.current(client, now);
    if (nested.kind !== 'read') return nested;
    const asked = new Map<string, GroupAccess>(
      configured.map((group) => [group, { roleAssignable: false, groups: new Set([group]) }]),
    );
    for (const [id, groups] of nested.value) asked.set(id, both(asked.get(id), { roleAssignable: false, groups }));
    for (const { id } of holders.value) asked.set(id, both(asked.get(id), { roleAssignable: true, groups: new Set() }));
    const leads = new Map<string, GroupAccess>();
    let next: readonly string[] = [...asked.keys()];
    while (next.length > 0) {
      if (asked.size + leads.size > MOST_GROUPS) return unread('unknown-shape');
      const found = await askAll(
        client,
        'read-eligible-groups',
        Object.fromEntries(next.map((group) => [group, eligibleFor(group)])),
        now,
      );
      const reached: string[] = [];
      for (const group of next) {
        const answer = found.get(group) ?? NOT_ASKED;
        const whole = await withAllPages(client, 'read-eligible-groups', eligibleFor(group), answer);
        const list = readingOf(whole, principals);
        if (list.kind !== 'read') return list;
        const leadsTo = both(leads.get(group), asked.get(group) ?? { roleAssignable: false, groups: new Set() });
        for (const { principalId, principal } of list.value) {
          if (principal?.['@odata.type'] === '#microsoft.graph.user') continue;
          const before = leads.get(principalId);
          const after = both(before, leadsTo);
          if (before !== undefined && isSame(before, after)) continue;
          leads.set(principalId, after);
          reached.push(principalId);
        }
      }
      next = [...new Set(reached)];
    }
    return read(leads);
  });
}

function isSame(one: GroupAccess, other: GroupAccess): boolean {
  return one.roleAssignable === other.roleAssignable && one.groups.size === other.groups.size;
}

/** Adds to what somebody could get into where the groups lead that they are in, or could get into. */
export function withLeads(
  eligible: Reading<GroupAccess>,
  isIn: (group: string) => boolean,
  leads: Reading<Leads>,
): Reading<GroupAccess> {
  if (eligible.kind !== 'read') return eligible;
  if (leads.kind !== 'read') return leads;
  let all = eligible.value;
  for (const [group, access] of leads.value) {
    if (isIn(group) || eligible.value.groups.has(group)) all = both(all, access);
  }
  return read(all);
}
