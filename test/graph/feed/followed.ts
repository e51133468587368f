/**
 * An emulated tenant that is followed over HTTP, on one clock that moves only when told or when somebody waits. The index is
 * in memory and outlives the client, so that a restart can be played.
 */
import assert from 'node:assert/strict';
import type { FollowedFact, SourceName, SourceStatus } from '../../../src/casework/ports/tenant-index.ts';
import { connectDirectory } from '../../../src/graph/directory.ts';
import type { ConnectedDirectory, DirectoryOptions } from '../../../src/graph/directory.ts';
import type { FeedReport } from '../../../src/graph/feed/schedule.ts';
import { FEED_SETTINGS } from '../../../src/graph/feed/settings.ts';
import type { FeedSettings } from '../../../src/graph/feed/settings.ts';
import type { KnownFact } from '../../../src/procedure/ages.ts';
import type { Age, CallerFacts, GroupId, Instant, PersonId, Reading } from '../../../src/procedure/facts.ts';
import type { JournalEntry } from '../../../demo/tenant/journal.ts';
import { openIndexInMemory } from '../../contracts/index-in-memory.ts';
import type { IndexInMemory } from '../../contracts/index-in-memory.ts';
import { closeTenants, group, openTenant } from '../../tenant/tenant.ts';
import type { SeedInput, TestTenant } from '../../tenant/tenant.ts';

export const SECOND = 1000;
export const MINUTE = 60 * SECOND;
export const HOUR = 60 * MINUTE;
export const DAY = 24 * HOUR;

/** How a test starts. */
interface FollowOptions {
  readonly seed?: (seed: SeedInput) => unknown;
  readonly settings?: FeedSettings;
  readonly directory?: Partial<DirectoryOptions>;
  /** Does nothing at the start. */
  readonly quiet?: boolean;
}

type Facts = Pick<CallerFacts, 'numbers' | 'managerAge' | 'risk' | 'registration'>;

/** The tenant, the client that follows it, and what is known. */
export interface Followed {
  readonly tenant: TestTenant;
  readonly index: IndexInMemory;
  readonly reports: FeedReport[];
  readonly directory: () => ConnectedDirectory;
  readonly now: () => Instant;
  /** Lets time pass second by second, and the feed read what is due. */
  readonly pass: (milliseconds: number) => Promise<void>;
  readonly status: (source: SourceName) => Promise<SourceStatus>;
  readonly fact: (person: string, fact: FollowedFact) => Promise<KnownFact | null>;
  readonly facts: (person: string) => Promise<Facts>;
  /** Age of a number by its `ref`, or of the manager. */
  readonly age: (person: string, ref: 'manager' | (string & {})) => Promise<Reading<Age>>;
  /** Requests since the last call of this, whose path has these words. */
  readonly requests: (words: string) => readonly JournalEntry[];
  /** The process ends and starts again; the index stays. */
  readonly restart: () => Promise<void>;
}

const open: Followed[] = [];

/** Starts a tenant and follows it. */
export async function follow(options: FollowOptions = {}): Promise<Followed> {
  const tenant = await openTenant(options.seed);
  const { clock } = tenant;
  const settings = options.settings ?? FEED_SETTINGS;
  const index = openIndexInMemory(settings.delays);
  const reports: FeedReport[] = [];
  const now = (): Instant => clock.now as Instant;
  let ids = 0;
  const connect = (): ConnectedDirectory =>
    connectDirectory({
      tenant: { kind: 'emulated', origin: tenant.origin },
      protectedGroups: [group(6) as GroupId],
      vipGroup: group(5) as GroupId,
      helpdeskGroups: [1, 2, 3, 4].map((number) => group(number) as GroupId),
      knownGroups: [group(1) as GroupId, group(2) as GroupId],
      ...{ now, index, clock: now, feed: settings, random: () => 0.5, timeoutMs: 5000 },
      newId: () => `id-${(ids += 1)}`,
      wait: async (milliseconds) => void (clock.now += milliseconds),
      onFeed: (report) => reports.push(report),
      ...options.directory,
    });
  let directory = connect();
  let seen = 0;
  const facts = async (person: string): Promise<Facts> => (await directory.readSnapshot(person as PersonId)).facts;

  const followed: Followed = {
    ...{ tenant, index, reports, now, facts },
    directory: () => directory,
    async pass(milliseconds) {
      const end = clock.now + milliseconds;
      while (clock.now < end) {
        clock.now = Math.min(end, clock.now + SECOND);
        await directory.feed.runDue();
      }
    },
    async status(source) {
      const status = (await index.sources()).get(source);
      assert.ok(status !== undefined, `${source} was never read`);
      return status;
    },
    fact: async (person, fact) => (await index.factsAbout(person as PersonId)).facts.get(fact) ?? null,
    async age(person, ref) {
      const { numbers, managerAge } = await facts(person);
      if (ref === 'manager') {
        assert.ok(managerAge.kind === 'unread' || managerAge.value !== null);
        return managerAge as Reading<Age>;
      }
      assert.ok(numbers.kind === 'read');
      const number = numbers.value.find((one) => one.ref === ref);
      assert.ok(number !== undefined, `there is no ${ref}`);
      return number.age;
    },
    requests(words) {
      const journal = tenant.control.journal().slice(seen);
      seen = tenant.control.journal().length;
      return journal.filter(({ path, query }) => `${path}?${decodeURIComponent(query)}`.includes(words));
    },
    async restart() {
      await directory.close();
      directory = connect();
      if (options.quiet !== true) await directory.feed.firstRounds();
    },
  };
  open.push(followed);
  if (options.quiet !== true) await directory.feed.firstRounds();
  return followed;
}

/** Closes everything that was opened, so that mocha can exit. */
export async function closeFollowed(): Promise<void> {
  for (const followed of open.splice(0)) await followed.directory().close();
  await closeTenants();
}

/** How long ago an age began, in milliseconds, and whether a change was seen; `null` for one that is unread. */
export function agoOf(age: Reading<Age>, now: Instant): { readonly ms: number; readonly changed: boolean } | null {
  return age.kind === 'read' ? { ms: now - age.value.since, changed: age.value.changed } : null;
}
