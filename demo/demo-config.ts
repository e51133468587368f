/**
 * The emulated company as the demo uses it: what its groups mean, who appears where on the practice page, and what to
 * try. People come from the seed; only the ids of the groups are fixed here.
 */
import { DEFAULT_POLICY } from '../src/procedure/policy.ts';
import { type Config, readConfig } from '../src/config/config.ts';
import { FEED_SETTINGS } from '../src/graph/feed/settings.ts';
import { type Guide, GUIDES } from './guides.ts';
import type { Member } from './teams/members.ts';
import type { Seed } from './tenant/seed-schema.ts';

const group = (number: string): string => `b0000000-0000-4000-8000-0000000000${number}`;

/** The groups of the seed, by what they mean. */
export const GROUPS = {
  technicians: group('01'),
  approvers: group('02'),
  auditors: group('03'),
  leads: group('04'),
  vip: group('05'),
  breakGlass: group('06'),
  worksCouncil: group('09'),
} as const;

/**
 * The bot checks its cases every few seconds: often enough for somebody watching, and within the limit of five report
 * reads in ten seconds, which the tenant enforces as Microsoft does.
 */
const WATCH_SECONDS = 2.5;

/** The tenant is followed a little faster than Microsoft's own, for somebody watching; still within the limits. */
const FOLLOWED = {
  every: { ...FEED_SETTINGS.every, people: 5000, audit: 5000, risk: 5000 },
  recent: { people: 0, audit: 2500, risk: 1200 },
} as const;

/** Everybody in Teams: the people of the seed. */
export function membersOf(seed: Seed): readonly Member[] {
  return seed.people.map(({ id, displayName, userPrincipalName, jobTitle, department }) => {
    return { id, name: displayName, userPrincipalName, jobTitle, department };
  });
}

/**
 * People the bot can never reach in Teams: external guests use Teams in their own tenant, and disabled accounts cannot
 * use it at all.
 */
export function withoutTeams(seed: Seed): readonly string[] {
  return seed.people.filter((one) => one.creationType === 'Invitation' || !one.accountEnabled).map(({ id }) => id);
}

/** Who can be chosen in which panel of the practice page; the first one is shown at the start. */
interface PeopleByRole {
  readonly technician: readonly string[];
  readonly approver: readonly string[];
  readonly caller: readonly string[];
}

/** The choices, from the seed's groups. Managers are listed with the approvers, because they too are asked to confirm. */
export function peopleByRole(seed: Seed): PeopleByRole {
  const all = seed.people.map(({ id }) => id);
  const inGroup = (id: string): readonly string[] => seed.groups.find((one) => one.id === id)?.members ?? [];
  const technicians = inGroup(GROUPS.technicians).filter((id) => all.includes(id));
  const approvers = inGroup(GROUPS.approvers).filter((id) => all.includes(id));
  const managers = seed.people.flatMap(({ manager }) => (manager === null ? [] : [manager]));
  const others = all.filter((id) => !technicians.includes(id) && !approvers.includes(id));
  const first = (list: readonly string[]): readonly string[] => (list.length > 0 ? list : all);
  return {
    technician: first(technicians),
    approver: first([...new Set([...approvers, ...managers, ...inGroup(GROUPS.auditors)])]),
    caller: [...others, ...technicians],
  };
}

/** The guides whose people are in the seed. */
export function guidesOf(seed: Seed): readonly Guide[] {
  const known = new Set(seed.people.map(({ id }) => id));
  return GUIDES.filter(({ technician, caller, approver = caller }) =>
    [technician, caller, approver].every((person) => known.has(person)),
  );
}

/** The bot's configuration for the demo: loopback only, the emulated tenant, and the default policy with the tenant's settings. */
export function demoConfig(seed: Seed, where: { tenantOrigin: string; dataFolder: string }): Config {
  const [inCatalog] = seed.teamsApps;
  const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
  const config = readConfig({
    PORT: '0',
    HARDLINE_HOST: '127.0.0.1',
    HARDLINE_DATA: where.dataFolder,
    HARDLINE_TENANT_ID: seed.tenantId,
    HARDLINE_CHANNEL: 'loopback-only',
    HARDLINE_GRAPH: 'emulated',
    HARDLINE_GRAPH_ORIGIN: where.tenantOrigin,
    HARDLINE_GROUP_TECHNICIANS: GROUPS.technicians,
    HARDLINE_GROUP_APPROVERS: GROUPS.approvers,
    HARDLINE_GROUP_AUDITORS: GROUPS.auditors,
    HARDLINE_GROUP_LEADS: GROUPS.leads,
    HARDLINE_GROUP_VIP: GROUPS.vip,
    HARDLINE_GROUPS_PROTECTED: `${GROUPS.breakGlass},${GROUPS.worksCouncil}`,
    HARDLINE_TIME_ZONE: Intl.supportedValuesOf('timeZone').includes(zone) ? zone : 'UTC',
    HARDLINE_WATCH_SECONDS: String(WATCH_SECONDS),
    // Quick, as long as nobody makes it slower: the emulated tenant tells everything at once.
    HARDLINE_CHANGE_FEED_DELAY_SECONDS: '0',
    HARDLINE_AUDIT_LOG_DELAY_MINUTES: '0',
    HARDLINE_CHECKPOINT_CARD: 'never', // practice leaves nothing to prove
    ...(inCatalog === undefined ? {} : { HARDLINE_TEAMS_CATALOG_ID: inCatalog.id }),
  });
  const policy = {
    ...DEFAULT_POLICY,
    // Graph cannot read these two. In a real tenant they are configured as well.
    requiredMethods: seed.sspr.methodsRequired === 2 ? 2 : 1,
    passwordWriteback: seed.sspr.writeback,
    // A lost pass is looked for after a short time, so that nobody has to wait a minute during a demo.
    settleSeconds: 10,
  } as const;
  return { ...config, policy, feed: { ...config.feed, ...FOLLOWED } };
}
