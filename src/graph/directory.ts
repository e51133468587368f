/**
 * The directory port of casework, implemented with Microsoft Graph. This file only puts the parts together; what a
 * call does is explained in the file named after it.
 */
import type { Directory } from '../casework/ports/directory.ts';
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
  /** A second person decides for members; `null` = no such group. */
  readonly vipGroup: GroupId | null;
  /** The bot's id in the organization's app catalog; absent or `null` = the bot is never installed for anybody. */
  readonly teamsAppId?: string | null;
  readonly now: () => Instant;
  readonly newId: () => string;
  /** Told after every call: name, status, duration, request ids. No person, no path, no body. */
  readonly observe?: (report: CallReport) => void;
  /** The longest one call may take, in milliseconds; default 8,000. */
  readonly timeoutMs?: number;
  /** Report requests in ten seconds; default Microsoft's five. For emulated tenants that do not throttle. */
  readonly reportLimit?: number;
  /** How to pause; default: really. */
  readonly wait?: Wait;
}

/** A directory that can be let go. */
export interface ConnectedDirectory extends Directory {
  /** Closes the kept-alive connections. */
  close(): Promise<void>;
}

/** Connects to the tenant. Makes no request. Throws TypeError for an emulated tenant on another machine. */
export function connectDirectory(options: DirectoryOptions): ConnectedDirectory {
  const client = openClient(options);
  const { now } = options;
  const gate = openReportRateLimit(now, client.wait, options.reportLimit);
  const readPicture = snapshotReader(client, gate, options);
  const readManager = managerReader(client);
  const catalogApp = { teamsAppId: options.teamsAppId ?? null, graphHost: graphHostOf(options.tenant) };
  return {
    findPeople: (query, limit) => findPeople(client, query, limit, now()),
    person: (id) => readPerson(client, id),
    readSnapshot: (caller) => readPicture(caller, now()),
    managerOf: (person) => readManager(person, now()),
    readSignIns: (caller, since) => readSignIns(client, gate, caller, since),
    readLicense: (caller) => readLicense(client, caller),
    installApp: (person) => installApp(client, catalogApp, person),
    readMethods: (caller) => readMethods(client, gate, caller),
    readPass: (caller) => readPass(client, caller),
    createPass: (caller, order) => createPass(client, caller, order),
    deletePass: (caller, passId) => deletePass(client, caller, passId),
    memberOf: (person, groups) => memberOf(client, person, groups),
    selfServiceEvents: (since, about) => selfServiceEvents(client, gate, since, about),
    endSessions: (person) => endSessions(client, person),
    close: () => client.close(),
  };
}
