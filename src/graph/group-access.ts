/**
 * PIM for Groups: the groups that somebody is in, or owns, because they made themselves so for some hours, and those that they
 * could get into the same way. Somebody who could become an administrator in a minute counts as one.
 *
 * Microsoft does not let a role-assignable group have groups as members, so only the group itself has to be asked whether it may hold
 * roles. A protected group may contain groups: of each group that the caller could get into, it is asked which of the configured
 * ones it is in. Owners count like members, because they can add themselves. What groups are eligible for: eligible-groups.ts.
 */
import { z } from 'zod';
import type { PersonId, Reading } from '../procedure/facts.ts';
import { mapReading, read, readingOf, unread } from './answer.ts';
import type { Answer } from './answer.ts';
import { askAll, NOT_ASKED } from './batch.ts';
import type { Part } from './batch.ts';
import type { GraphClient } from './client.ts';
import { groupLookOf, groupPart } from './group-kinds.ts';
import { literal, path, segment } from './odata.ts';
import { guid, id, wholeList } from './shapes.ts';

/** Everything of PIM for Groups is below this path. */
export const GROUP_ACCESS_BASE = '/identityGovernance/privilegedAccess/group';
const groupsInList = wholeList(z.looseObject({ groupId: guid }));
const matches = wholeList(id);
/** Graph's own limit for one membership check. */
const MAX_IDS = 20;

/** Reads for the batch that opens a case. */
export function groupAccessParts(person: PersonId) {
  const query = { $filter: `principalId eq ${literal(segment(person))}` };
  return {
    eligibleGroups: { path: path(`${GROUP_ACCESS_BASE}/eligibilityScheduleInstances`, query) },
    assignedGroups: { path: path(`${GROUP_ACCESS_BASE}/assignmentScheduleInstances`, query) },
  } satisfies Record<string, Part>;
}

/** Where some groups lead. */
export interface GroupAccess {
  /** One of them may hold directory roles. */
  readonly roleAssignable: boolean;
  /** The groups themselves, and those of the configuration that they are in. */
  readonly groups: ReadonlySet<string>;
}

/** What PIM for Groups says about somebody. `not-licensed` where the tenant has no PIM. */
export interface GroupAccesses {
  /** What they are by PIM now. */
  readonly assigned: Reading<GroupAccess>;
  /** What they could make themselves. */
  readonly eligible: Reading<GroupAccess>;
}

/**
 * The groups in the answers to `groupAccessParts`, and where they lead. That takes a further round trip only for somebody who is
 * in such a list, or could be.
 */
export async function groupAccessesOf(
  client: GraphClient,
  answers: Readonly<Record<'eligibleGroups' | 'assignedGroups', Answer>>,
  configured: readonly string[],
  now: number,
): Promise<GroupAccesses> {
  const listed = (answer: Answer): Reading<readonly string[]> =>
    mapReading(readingOf(answer, groupsInList), (list) => list.map(({ groupId }) => groupId));
  const assigned = listed(answers.assignedGroups);
  const eligible = listed(answers.eligibleGroups);
  const all = [assigned, eligible].flatMap((list) => (list.kind === 'read' ? list.value : []));
  const found = await askAll(client, 'read-groups-by-pim', partsFor([...new Set(all)], configured), now);
  const accessOf = (list: Reading<readonly string[]>): Reading<GroupAccess> =>
    list.kind === 'read' ? accessIn(list.value, configured, found) : list;
  return { assigned: accessOf(assigned), eligible: accessOf(eligible) };
}

/** The configured groups in groups of twenty. */
function checksFor(configured: readonly string[]): readonly (readonly string[])[] {
  return Array.from({ length: Math.ceil(configured.length / MAX_IDS) }, (_, n) =>
    configured.slice(n * MAX_IDS, (n + 1) * MAX_IDS),
  );
}

function partsFor(groups: readonly string[], configured: readonly string[]): Readonly<Record<string, Part>> {
  const parts: Record<string, Part> = {};
  for (const group of groups) {
    parts[group] = groupPart(group);
    checksFor(configured).forEach((groupIds, n) => {
      parts[`${group} in ${n}`] = { path: path(`/groups/${segment(group)}/checkMemberGroups`), groupIds };
    });
  }
  return parts;
}

function accessIn(
  groups: readonly string[],
  configured: readonly string[],
  answers: ReadonlyMap<string, Answer>,
): Reading<GroupAccess> {
  let roleAssignable = false;
  const reached = new Set<string>();
  for (const group of groups) {
    const look = groupLookOf(answers.get(group) ?? NOT_ASKED);
    if (look.kind === 'no-such-group') continue; // deleted since; nobody can get into it
    if (look.kind === 'unread') return look;
    roleAssignable ||= look.value.roleAssignable;
    reached.add(group);
    for (let n = 0; n < checksFor(configured).length; n += 1) {
      const within = readingOf(answers.get(`${group} in ${n}`) ?? NOT_ASKED, matches);
      if (within.kind !== 'read') return unread(within.why);
      for (const one of within.value) reached.add(one);
    }
  }
  return read({ roleAssignable, groups: reached });
}
