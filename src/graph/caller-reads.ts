/**
 * The reads of a caller's snapshot in the directory: one batch, and a second one when the first answers name groups that have to be
 * asked about. What the answers mean is decided in the files named after the facts.
 */
import type { Instant, PersonId } from '../procedure/facts.ts';
import { readingOf } from './answer.ts';
import { askTogether, MAX_PARTS } from './batch.ts';
import type { GraphClient } from './client.ts';
import { withLeads } from './eligible-groups.ts';
import type { Leads } from './eligible-groups.ts';
import { groupAccessesOf, groupAccessParts } from './group-access.ts';
import type { KnownGroups } from './group-kinds.ts';
import { completeMemberships, groupParts, membershipParts, membershipsIn } from './groups.ts';
import type { ConfiguredGroups } from './groups.ts';
import type { GroupsInside } from './groups-inside.ts';
import type { KeptLook } from './kept-look.ts';
import { methodsPath } from './methods.ts';
import { path, segment } from './odata.ts';
import { eachWithAllPages } from './pages.ts';
import { PASS_POLICY_PATH, passPolicyShape, targetGroupsOf } from './pass-policy.ts';
import { roleParts } from './roles.ts';
import { CALLER_PROPERTIES, PERSON_PROPERTIES } from './shapes.ts';

/** What the reads depend on. */
export interface CallerReads extends ConfiguredGroups {
  /** Which groups lead to those that matter. */
  readonly leading: KeptLook<Leads>;
  /** Which groups are inside those of the helpdesk. */
  readonly inside: KeptLook<GroupsInside>;
  /** What kind of groups they are. */
  readonly kinds: KnownGroups;
}

const MANAGER_PROPERTIES = `${PERSON_PROPERTIES},accountEnabled,businessPhones`;

/** Creates the reader. It remembers which groups the pass policy named last, so that one round trip is enough. */
export function directoryReader({ leading, kinds, ...options }: CallerReads) {
  const { protectedGroups, vipGroup, helpdeskGroups } = options;
  const configured = [...protectedGroups, ...helpdeskGroups, ...(vipGroup === null ? [] : [vipGroup])];
  let policyGroups: readonly string[] = [];

  return async (client: GraphClient, caller: PersonId, began: Instant) => {
    const user = `/users/${segment(caller)}`;
    const lists = { ...roleParts(caller), ...groupParts(caller), ...groupAccessParts(caller) };
    const parts = {
      caller: { path: path(user, { $select: CALLER_PROPERTIES }) },
      manager: { path: path(`${user}/manager`, { $select: MANAGER_PROPERTIES }) },
      methods: { path: methodsPath(caller) },
      passPolicy: { path: PASS_POLICY_PATH },
      ...lists,
    };
    const known = [...new Set<string>([...configured, ...policyGroups, ...(leading.last()?.keys() ?? [])])];
    const checks = membershipParts(caller, known, MAX_PARTS - Object.keys(parts).length);
    // What is not known of these groups yet is asked for along with them, so that the next read needs one round trip alone.
    const free = MAX_PARTS - Object.keys(parts).length - Object.keys(checks).length;
    const looks = Object.fromEntries(Object.entries(kinds.parts(known, began)).slice(0, free));
    const [firstPages, leads, inside] = await Promise.all([
      askTogether(client, 'read-snapshot', { ...parts, ...checks, ...looks }, began),
      leading.current(client, began),
      options.inside.current(client, began),
    ]);
    const answers = { ...firstPages, ...(await eachWithAllPages(client, 'read-snapshot-pages', lists, firstPages)) };
    kinds.learn(new Map(Object.entries(answers)), began);
    const leadingGroups = leads.kind === 'read' ? [...leads.value.keys()] : [];
    const policy = readingOf(answers.passPolicy, passPolicyShape);
    if (policy.kind === 'read') policyGroups = targetGroupsOf(policy.value);
    const wanted = { configured, others: [...policyGroups, ...leadingGroups], kinds };
    const [memberships, byPim] = await Promise.all([
      completeMemberships(client, caller, membershipsIn(checks, answers), wanted, began),
      groupAccessesOf(client, answers, [...new Set<string>([...configured, ...leadingGroups])], began),
    ]);
    const isIn = (group: string): boolean => memberships.kind === 'read' && memberships.value.member.has(group);
    const eligible = withLeads(byPim.eligible, isIn, leads);
    return { answers, policy, memberships, byPim: { ...byPim, eligible }, inside };
  };
}
