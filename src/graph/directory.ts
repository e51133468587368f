/**
 * The directory port of casework, implemented with Microsoft Graph. This file only puts the parts together; what a
 * call does is explained in the file named after it.
 */
import type { Directory } from '../casework/ports/directory.ts';
import type { Timing } from '../casework/ports/runtime.ts';
import type { GroupId, Instant } from '../procedure/facts.ts';
import { selfServiceEvents } from './audits.ts';
import { openClient } from './client.ts';
import type { CallReport } from './client.ts';
import { graphHostOf } from './connection.ts';
import type { TenantConnection } from './connection.ts';
import { memberOf } from './groups.ts';
import { installApp } from './installed-app.ts';
import { readLicense } from './license.ts';
import { managerReader } from './reports-to.ts';
import { readMethods } from './methods.ts';
import { snapshotReader } from './snapshot.ts';
import { openReportRateLimit } from './report-rate-limit.ts';
import type { Wait } from './retry-reads.ts';
import { readSignIns } from './sign-ins.ts';
import { createPass, deletePass, endSessions, readPass } from './temporary-access-pass.ts';
import { findPeople, readPerson } from './users.ts';

/** What the directory is built from. */
export interface DirectoryOptions {
  readonly tenant: TenantConnection;
  /** Members never get a pass. */
  readonly protectedGroups: readonly GroupId[];
  /** Members need a second person's decision; `null` = there is no such group. */
  readonly vipGroup: GroupId | null;
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
  /** How the time of a call is measured; default: real time. */
  readonly timing?: Timing;
}

/** A directory that can be closed. */
export interface ConnectedDirectory extends Directory {
  /** Closes the kept-alive connections. */
  close(): Promise<void>;
}

/** Connects to the tenant without making a request. Throws TypeError for an emulated tenant on another machine. */
export function connectDirectory(options: DirectoryOptions): ConnectedDirectory {
  const client = openClient(options);
  const { now } = options;
  const rateLimit = openReportRateLimit(now, client.wait, options.reportLimit);
  const readSnapshot = snapshotReader(client, rateLimit, options);
  const readManager = managerReader();
  const catalogApp = { teamsAppId: options.teamsAppId ?? null, graphHost: graphHostOf(options.tenant) };
  return {
    findPeople: (query, limit, deadline) => findPeople(client.until(deadline), query, limit, now()),
    person: (id, deadline) => readPerson(client.until(deadline), id),
    readSnapshot: (caller, deadline) => readSnapshot(caller, now(), deadline),
    managerOf: (person, deadline) => readManager(client.until(deadline), person, now()),
    readSignIns: (caller, since) => readSignIns(client, rateLimit, caller, since),
    readLicense: (caller) => readLicense(client, caller),
    installApp: (person) => installApp(client, catalogApp, person),
    readMethods: (caller, deadline) => readMethods(client.until(deadline), rateLimit, caller),
    readPass: (caller) => readPass(client, caller),
    createPass: (caller, order, deadline) => createPass(client, caller, order, deadline),
    deletePass: (caller, passId) => deletePass(client, caller, passId),
    memberOf: (person, groups, deadline) => memberOf(client.until(deadline), person, groups),
    selfServiceEvents: (since, about) => selfServiceEvents(client, rateLimit, since, about),
    endSessions: (person) => endSessions(client, person),
    close: () => client.close(),
  };
}
