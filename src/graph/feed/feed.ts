/**
 * The tenant feed: one reader that follows the tenant and keeps the index, so that a case need not ask Microsoft's slow and
 * limited reports. Cases read the index; they never wait for more than one shared round of what changes quickly.
 *
 * Where several processes share an index, the one on duty calls `runDue`, and the others call `follow`. A round that somebody
 * waits for may be read by any of them: an update may come twice and in any order, and a source whose status an earlier round
 * wrote last is read again from there.
 */
import { inTime } from '../../casework/ports/runtime.ts';
import type { Deadline } from '../../casework/ports/runtime.ts';
import type { SourceName } from '../../casework/ports/tenant-index.ts';
import type { GroupId, Instant, PersonId } from '../../procedure/facts.ts';
import type { GraphClient } from '../client.ts';
import type { ProtectionQueue } from '../protection-queue.ts';
import type { ReportRateLimit } from '../report-rate-limit.ts';
import { readAuditHistory } from './audit-history.ts';
import { followAudits } from './audit-tail.ts';
import { readEverybody } from './everybody.ts';
import { readMembers } from './members.ts';
import { followPeople } from './people.ts';
import { readRegistrations } from './registrations.ts';
import { followRisks } from './risks.ts';
import { scheduleOf } from './schedule.ts';
import type { FeedReport, Schedule } from './schedule.ts';
import { LOOK_AGAIN_MS } from './settings.ts';
import type { FeedSettings } from './settings.ts';
import type { OwnGrants } from '../own-grants.ts';
import { statusOf } from './source.ts';
import type { FeedSource, SourceParts, Statuses } from './source.ts';
import { openWanted } from './wanted.ts';

/** What the feed is built from. */
export interface FeedParts extends SourceParts {
  readonly rateLimit: ReportRateLimit;
  readonly queue: ProtectionQueue;
  /** Tells a permission that was never granted from a denial that passes. */
  readonly grants: OwnGrants;
  /** Groups whose members are kept. */
  readonly groups: readonly GroupId[];
  readonly settings: FeedSettings;
  /** From 0 up to 1. */
  readonly random: () => number;
  readonly report: (report: FeedReport) => void;
}

/** The feed of one tenant. None of its methods but `follow` rejects: what failed is in the index, and in the reports. */
export interface TenantFeed {
  /**
   * One round of what changes quickly, shared by everybody who asks in the same moment: people, the audit log, risk. Resolves
   * when they are done or at the deadline; the rounds go on then.
   */
  refresh(deadline?: Deadline): Promise<void>;
  /** One round of the audit log that begins after this call, unless Graph asked us to wait. */
  readLogNow(): Promise<void>;
  /** Reads what is due, and resolves when that is done. */
  runDue(): Promise<void>;
  /** Learns what another process read, and reads what this one wants for its own cases. Rejects when the index cannot be read. */
  follow(): Promise<void>;
  /** The first rounds after a start. Resolves when they are done or at the deadline; the rounds go on then. */
  firstRounds(deadline?: Deadline): Promise<void>;
  /** Reads the registration of a person in the background, unless that was done lately. */
  wantRegistration(person: PersonId): void;
  /** Up to when changes of numbers and managers were seen; `null` before the first round. */
  changesSeenUpTo(): Instant | null;
  /** Ends the rounds that are running. What they had not written yet is read again after the next start. */
  close(): Promise<void>;
}

/** In one go at the start: a list that takes longer is read bit by bit while people work. */
const FIRST_PARTS = 5;

/** Opens the feed. Nothing is read before it is told to. */
export function openFeed(given: FeedParts): TenantFeed {
  const closing = new AbortController();
  const parts = { ...given, client: untilClosed(given.client, closing.signal) };
  const { index, now, random, report, settings, rateLimit } = parts;
  const { every, recent, delays } = settings;
  let latest: Statuses = new Map();
  const onRound = (statuses: Statuses): void => {
    latest = statuses;
  };
  const schedule = (source: FeedSource, everyMs: number): Schedule =>
    scheduleOf({ source, everyMs, index, now, random, report, onRound, closing: closing.signal });

  const registrations = readRegistrations(parts, rateLimit, every.registration);
  const people = schedule(followPeople(parts, delays.feedMs), every.people);
  const audit = schedule(followAudits(parts, rateLimit, delays.logMs), every.audit);
  const risk = schedule(followRisks(parts, parts.queue, parts.grants), every.risk);
  const everybody = schedule(readEverybody(parts), LOOK_AGAIN_MS);
  const history = schedule(readAuditHistory(parts, rateLimit), LOOK_AGAIN_MS);
  const registration = schedule(registrations, LOOK_AGAIN_MS);
  const members = schedule(readMembers(parts, parts.groups), every.members);
  const all = [people, audit, risk, everybody, history, registration, members];
  const wanted = openWanted((person) => registrations.readOne(person), now, every.registration, closing.signal);

  /** Reads part after part while there is more, but no more parts than a start should take. */
  async function inOneGo(source: Schedule): Promise<void> {
    for (let n = 0; n < FIRST_PARTS && (await source.run()) === 'partial'; n += 1);
  }

  async function first(): Promise<void> {
    await people.run(); // the others lean on when this one began
    await Promise.all([audit.run(), risk.run(), inOneGo(registration), members.run(), inOneGo(everybody)]);
    await inOneGo(history); // how far it goes depends on the plan, which the registration report tells
  }

  return {
    async refresh(deadline) {
      if (deadline?.signal.aborted === true) return; // nobody waits for it
      const rounds = [people.refresh(recent.people), audit.refresh(recent.audit), risk.refresh(recent.risk)];
      await until(deadline, Promise.all(rounds));
    },
    async readLogNow() {
      await audit.whenIdle(); // a round that is running may have passed the moment already
      await audit.refresh(0);
    },
    async runDue() {
      await Promise.all([...all.filter((source) => source.isDue()).map((source) => source.run()), wanted.serve()]);
    },
    async follow() {
      latest = await index.sources();
      await wanted.serve();
    },
    firstRounds: (deadline) => until(deadline, first()),
    wantRegistration: (person) => wanted.add(person),
    changesSeenUpTo: () => statusOf(latest, 'people' satisfies SourceName).seenUpTo,
    async close() {
      closing.abort();
      await Promise.all([...all.map((source) => source.whenIdle()), wanted.whenIdle()]);
    },
  };
}

/** A client whose calls end when the feed is closed, by throwing: an answer that did not come is no trouble then. */
function untilClosed(client: GraphClient, closing: AbortSignal): GraphClient {
  const bounded = client.until({ left: () => (closing.aborted ? 0 : Infinity), signal: closing });
  return {
    ...bounded,
    async ask(question) {
      const answer = await bounded.ask(question);
      closing.throwIfAborted();
      return answer;
    },
  };
}

/** Resolves when the work is done, or at the deadline. The work goes on. */
async function until(deadline: Deadline | undefined, work: Promise<unknown>): Promise<void> {
  if (deadline === undefined) await work;
  else await inTime(work, deadline.signal);
}
