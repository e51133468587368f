/**
 * The directory port of casework, implemented with Microsoft Graph. This file only puts the parts together; what a
 * call does is explained in the file named after it.
 */
import type { Directory } from '../casework/ports/directory.ts';
import { REAL_TIMING, type Timing } from '../casework/ports/runtime.ts';
import type { TenantIndex } from '../casework/ports/tenant-index.ts';
import type { GroupId, Instant } from '../procedure/facts.ts';
import { openClient } from './client.ts';
import type { CallReport, GraphClient } from './client.ts';
import type { OnClock, OnTime } from './clock.ts';
import { graphHostOf } from './connection.ts';
import type { TenantConnection } from './connection.ts';
import { eligibleGroups } from './eligible-groups.ts';
import { openFeed } from './feed/feed.ts';
import type { TenantFeed } from './feed/feed.ts';
import type { FeedReport } from './feed/schedule.ts';
import { FEED_SETTINGS } from './feed/settings.ts';
import type { FeedSettings } from './feed/settings.ts';
import { knownGroups } from './group-kinds.ts';
import { groupsInside } from './groups-inside.ts';
import { installApp } from './installed-app.ts';
import { readLicense } from './license.ts';
import { ownNumbersReader } from './own-numbers.ts';
import { managerReader } from './reports-to.ts';
import { readMethods } from './methods.ts';
import { ownPermissions } from './own-permissions.ts';
import { passwordChangedAt } from './passwords.ts';
import { ownGrants } from './own-grants.ts';
import { openProtectionQueue } from './protection-queue.ts';
import { snapshotReader } from './snapshot.ts';
import { openReportRateLimit } from './report-rate-limit.ts';
import type { Wait } from './retry-reads.ts';
import { selfServiceEvents } from './self-service-events.ts';
import { signInReader } from './sign-ins.ts';
import { membersOf, standing } from './standing.ts';
import { createPass, deletePass, endSessions, readPass } from './temporary-access-pass.ts';
import { findPeople } from './find-people.ts';
import { readPerson } from './users.ts';

/** What the directory is built from. */
export interface DirectoryOptions {
  readonly tenant: TenantConnection;
  /** Members never get a pass. */
  readonly protectedGroups: readonly GroupId[];
  /** Members need a second person's decision; `null` = there is no such group. */
  readonly vipGroup: GroupId | null;
  /** The groups of the helpdesk roles; a pass for somebody in one of them, or who owns one, needs a lead. */
  readonly helpdeskGroups: readonly GroupId[];
  /** The bot's id in the organization's app catalog; absent or `null` = the bot installs itself for nobody. */
  readonly teamsAppId?: string | null;
  readonly now: () => Instant;
  readonly newId: () => string;
  /** Called after every call with its name, status, duration and request ids: no person, no path, no body. */
  readonly observe?: (report: CallReport) => void;
  /** The longest one call may take, in milliseconds; default 8,000. */
  readonly timeoutMs?: number;
  /** Report requests in ten seconds; default: Microsoft's five. Only for emulated tenants that do not throttle. */
  readonly reportLimit?: number;
  /** How to pause; default: in real time. */
  readonly wait?: Wait;
  /** What is remembered of the tenant. */
  readonly index: TenantIndex;
  /** How the tenant is followed; default: `FEED_SETTINGS`. */
  readonly feed?: FeedSettings;
  /** Groups whose members are kept as an address book; default: none. */
  readonly knownGroups?: readonly GroupId[];
  /** Told when our clock and Microsoft's begin to differ too much, and when they agree again. */
  readonly onClock?: OnClock;
  /** Told the time with every answer of Microsoft. */
  readonly onTime?: OnTime;
  /** The clock of the machine, which is compared with Microsoft's; default: `now`. */
  readonly machineClock?: () => number;
  /** Told when a source of the feed fails, recovers, or had a gap. */
  readonly onFeed?: (report: FeedReport) => void;
  /** The clock by which the limits of reports are kept, in milliseconds; default: that of `timing`, which never jumps. */
  readonly clock?: () => number;
  /** From 0 up to 1; default: `Math.random`. */
  readonly random?: () => number;
  /** The list of a person's methods counts as a report in this tenant; default: false. */
  readonly methodsAreReports?: boolean;
  /** How the time of a call is measured; default: real time. */
  readonly timing?: Timing;
}

/** A directory that can be closed. */
export interface ConnectedDirectory extends Directory {
  /** Follows the tenant, when it is told to. */
  readonly feed: Pick<TenantFeed, 'runDue' | 'follow' | 'firstRounds'>;
  /** Ends the rounds that are running, and closes the kept-alive connections. */
  close(): Promise<void>;
}

/** Connects to the tenant without making a request. Throws TypeError for an emulated tenant on another machine. */
export function connectDirectory(options: DirectoryOptions): ConnectedDirectory {
  const client = openClient(options);
  const { now, index, timing = REAL_TIMING, random = Math.random } = options;
  const clock = options.clock ?? timing.clock;
  const settings = options.feed ?? FEED_SETTINGS;
  const graphHost = graphHostOf(options.tenant);
  const rateLimit = openReportRateLimit(clock, client.wait, options.reportLimit);
  // A tenant without limits for reports has none for ID Protection either.
  const gapMs = options.reportLimit === undefined ? undefined : 0;
  const permissions = ownPermissions(options.tenant);
  const grants = ownGrants(permissions);
  const feed = openFeed({
    ...{ client, graphHost, index, now, random, settings, rateLimit, grants },
    queue: openProtectionQueue(clock, client.wait, random, gapMs),
    groups: [...new Set(options.knownGroups ?? [])],
    report: options.onFeed ?? (() => undefined),
  });
  const methodsLimit = options.methodsAreReports === true ? rateLimit : null;
  const { protectedGroups, vipGroup, helpdeskGroups } = options;
  const inside = groupsInside(helpdeskGroups);
  const configured = [...protectedGroups, ...helpdeskGroups, ...(vipGroup === null ? [] : [vipGroup])];
  const leading = eligibleGroups(configured, inside);
  const kinds = knownGroups(permissions);
  const readSnapshot = snapshotReader(client, {
    ...{ protectedGroups, vipGroup, helpdeskGroups, grants, index, feed, settings, now, timing, methodsLimit, leading },
    ...{ inside, kinds },
  });
  const refreshGroups = async (asking: GraphClient): Promise<void> => {
    await inside.refresh(asking, now());
    await leading.refresh(asking, now());
    await kinds.refresh(asking, now());
  };
  const readSignIns = signInReader(client, rateLimit);
  const readManager = managerReader();
  const readOwnNumbers = ownNumbersReader(index, methodsLimit);
  const catalogApp = { teamsAppId: options.teamsAppId ?? null, graphHost };
  return {
    findPeople: (query, limit, deadline) => findPeople(client.until(deadline), query, limit, now()),
    person: (id, deadline) => readPerson(client.until(deadline), id),
    readSnapshot: (caller, deadline) => readSnapshot(caller, deadline),
    managerOf: (person, deadline) => readManager(client.until(deadline), person, now()),
    numbersOf: (person, deadline) => readOwnNumbers(client.until(deadline), person, now()),
    readSignIns,
    readLicense: (caller) => readLicense(client, caller),
    installApp: (person) => installApp(client, catalogApp, person),
    readMethods: (caller, deadline) => readMethods(client.until(deadline), methodsLimit, index, caller),
    readPass: (caller) => readPass(client, caller),
    createPass: (caller, order, deadline) => createPass(client, caller, order, deadline),
    deletePass: (caller, passId) => deletePass(client, caller, passId),
    standing: (person, groups, deadline) => standing(client.until(deadline), person, groups, now()),
    membersOf: (group, deadline) => membersOf(client.until(deadline), group),
    selfServiceEvents: (since, about) => selfServiceEvents(index, since, about, now(), settings.stale.audit),
    readLogNow: () => feed.readLogNow(),
    passwordChangedAt: (people) => passwordChangedAt(client, people, now()),
    changesSeenUpTo: () => feed.changesSeenUpTo(),
    endSessions: (person) => endSessions(client, person),
    clock: () => client.clock.facts(),
    now: () => client.clock.now(),
    feed: {
      firstRounds: async (deadline) => {
        await feed.firstRounds(deadline);
        await refreshGroups(client.until(deadline));
      },
      runDue: async () => {
        await Promise.all([feed.runDue(), refreshGroups(client)]);
      },
      follow: async () => {
        await Promise.all([feed.follow(), refreshGroups(client)]);
      },
    },
    async close() {
      await feed.close();
      await client.close();
    },
  };
}
