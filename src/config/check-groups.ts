/**
 * Whether the groups of the configuration can do what they are for, as lines for whoever starts the bot. A group that does
 * not exist protects nobody, one with a hidden membership looks empty, and one that takes in half of the organization would
 * make everybody a technician.
 */
import type { GroupId } from '../procedure/facts.ts';
import type { GroupKind } from '../graph/group-kinds.ts';
import type { StartFacts } from '../graph/start-facts.ts';

/** A group of the configuration. Those of the helpdesk say who may do something; the others say who is protected. */
export interface ConfiguredGroup {
  readonly kind: 'helpdesk' | 'protection';
  /** The name of the setting, and the place in it. */
  readonly setting: string;
  readonly id: GroupId;
}

/** The groups of a configuration, each with its setting. */
export function configuredGroups(config: {
  readonly groups: Readonly<Record<'technician' | 'approver' | 'auditor' | 'lead', GroupId>>;
  readonly vipGroup: GroupId | null;
  readonly protectedGroups: readonly GroupId[];
}): readonly ConfiguredGroup[] {
  const { groups, vipGroup, protectedGroups } = config;
  return [
    { kind: 'helpdesk', setting: 'HARDLINE_GROUP_TECHNICIANS', id: groups.technician },
    { kind: 'helpdesk', setting: 'HARDLINE_GROUP_APPROVERS', id: groups.approver },
    { kind: 'helpdesk', setting: 'HARDLINE_GROUP_AUDITORS', id: groups.auditor },
    { kind: 'helpdesk', setting: 'HARDLINE_GROUP_LEADS', id: groups.lead },
    ...(vipGroup === null ? [] : [{ kind: 'protection', setting: 'HARDLINE_GROUP_VIP', id: vipGroup } as const]),
    ...protectedGroups.map(
      (id, n) => ({ kind: 'protection', setting: `HARDLINE_GROUPS_PROTECTED, entry ${n + 1}`, id }) as const,
    ),
  ];
}

/** What the check depends on beside the groups. */
export interface GroupLimits {
  readonly mayReadHidden: boolean;
  /** A helpdesk group may hold at most this share of the enabled members, in percent. 100: any number. */
  readonly atMostPercent: number;
}

/** What is wrong with the groups and with the bot's own roles, a line each. */
export function groupProblems(
  groups: readonly ConfiguredGroup[],
  facts: StartFacts,
  limits: GroupLimits,
): readonly string[] {
  return groups.flatMap((group) => {
    const look = facts.groups.get(group.id);
    if (look?.kind !== 'read') return [`${group.setting}: the tenant has no group with this id.`];
    const problems = [
      ...hiddenLines(look.value, limits),
      ...(group.kind === 'helpdesk' ? helpdeskLines(look.value, facts.people.get(group.id) ?? 0, facts, limits) : []),
    ];
    return problems.map((problem) => `${group.setting}: ${problem}`);
  });
}

function hiddenLines({ hidden }: GroupKind, { mayReadHidden }: GroupLimits): readonly string[] {
  if (!hidden || mayReadHidden) return [];
  return [
    'its membership is hidden, so the bot would see nobody in it. Grant the permission Member.Read.Hidden, or use another group.',
  ];
}

function helpdeskLines(
  group: GroupKind,
  people: number,
  { enabledMembers }: StartFacts,
  { atMostPercent }: GroupLimits,
): readonly string[] {
  if (!group.security) return ['this is not a security group. Use one whose members somebody has to add.'];
  if (group.open)
    return ['everybody in the organization can join this group by themselves. Use one that cannot be joined.'];
  if (atMostPercent === 100) return [];
  if (group.rule !== null && takesInEverybody(group.rule)) {
    return ['this is a dynamic group whose rule takes in everybody.'];
  }
  if (people * 100 <= enabledMembers * atMostPercent) return [];
  return [
    `${people} people are in this group, and the organization has ${enabledMembers} enabled members: more than ${atMostPercent} %. ` +
      'If that is right, raise HARDLINE_HELPDESK_AT_MOST_PERCENT.',
  ];
}

/** Conditions that nearly every account meets. A rule that consists of nothing else takes in everybody. */
const MEANS_NOTHING =
  /^user\.(objectid-(ne|noteq)(null|"null"|"")|accountenabled-eq"?true"?|usertype-eq"member"|userprincipalname-(ne|noteq)(null|"")|displayname-(ne|noteq)(null|""))$/;

/** Whether the rule of a dynamic group takes in everybody. A rule that Graph does not show is judged by the number of people. */
export function takesInEverybody(rule: string): boolean {
  const alternatives = rule.toLowerCase().split(/\s-?or\s/);
  return alternatives.some((alternative) =>
    alternative.split(/\s-?and\s/).every((condition) => MEANS_NOTHING.test(condition.replaceAll(/[\s()]/g, ''))),
  );
}
