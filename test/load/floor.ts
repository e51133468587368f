/** Bot, tenant and Teams of the load run, on one clock. The bot is warm: it has followed the tenant for half an hour. */
import { demoConfig } from '../../demo/demo-config.ts';
import type { ReadCard } from '../../demo/stories/card-reading.ts';
import { startTeams } from '../../demo/teams/start.ts';
import type { JournalEntry } from '../../demo/tenant/journal.ts';
import { startTenant } from '../../demo/tenant/start.ts';
import { startHardline } from '../../src/app.ts';
import { FEED_SETTINGS } from '../../src/graph/feed/settings.ts';
import type { RecordedEntry } from '../../src/casework/ports/ledger.ts';
import type { Instant } from '../../src/procedure/facts.ts';
import { followChats } from './chat-log.ts';
import type { Company } from './company.ts';
import type { ScaledClock } from './scaled-clock.ts';
import type { CallParts } from './technician.ts';

/** What the floor is built from. */
interface FloorOptions {
  readonly folder: string;
  readonly clock: ScaledClock;
  /** From 0 up to 1. */
  readonly random: () => number;
  readonly company: Company;
  readonly auditDelayMinutes: number;
  /** Of one Graph call, in the clock's milliseconds. */
  readonly roundTripMs: number;
}

/** Everything, running. */
export interface Floor {
  readonly clock: ScaledClock;
  readonly company: Company;
  readonly call: CallParts;
  entries(): Promise<readonly RecordedEntry[]>;
  requests(): readonly JournalEntry[];
  close(): Promise<void>;
}

const SECOND = 1000;
const WARM_UP_SECONDS = 30 * 60;

/** Words of a card that is not complete yet. */
const LACKS = /could not be read|not confirmed|is being|Reading the|not up to date|being confirmed/i;

/** Starts everything and lets the bot follow the tenant for half an hour before the first call. */
export async function openFloor(options: FloorOptions): Promise<Floor> {
  const { clock, company } = options;
  const now = (): number => clock.now();
  const tenant = await startTenant({ port: 0, seed: company.seed, now });
  tenant.control.timing({ to: 'as-microsoft' });
  tenant.control.settings({ auditDelaySeconds: options.auditDelayMinutes * 60 });
  const forPractice = demoConfig(company.seed, { tenantOrigin: tenant.origin, dataFolder: options.folder });
  const bot = await startHardline(
    { ...forPractice, feed: FEED_SETTINGS, spikeCallers: 10_000, logLevel: 'silent' },
    {
      now: () => clock.now() as Instant,
      wait: (milliseconds, signal) => clock.sleep(milliseconds, signal),
      timing: clock.timing,
      onCheckpoint: () => undefined,
      withoutTimers: true,
    },
  );
  const teams = await startTeams({
    ...{ port: 0, tenantId: company.seed.tenantId, members: company.technicians, now },
    ...{ botOrigin: () => bot.origin, tenantOrigin: () => tenant.origin },
  });
  await teams.installForAll();

  for (let second = 0; second < WARM_UP_SECONDS; second += 10) {
    clock.skip(10 * SECOND);
    await bot.tick();
  }
  tenant.control.latency({ ms: clock.real(options.roundTripMs) });
  const closing = new AbortController();
  /** The tenant keeps its latest requests only, so they are collected while it runs. */
  const requests: JournalEntry[] = [];
  const collect = (): readonly JournalEntry[] => {
    requests.push(...tenant.control.journal());
    tenant.control.clearJournal();
    return requests;
  };
  const ticking = (async () => {
    while (!closing.signal.aborted) {
      await bot.tick();
      collect();
      await clock.sleep(SECOND);
    }
  })();
  const chats = followChats(teams.chats, now);
  const lacksSomething = (card: ReadCard): boolean => [card.headline, ...card.lines].some((line) => LACKS.test(line));
  return {
    ...{ clock, company },
    call: { ...{ tenant, teams, chats, clock, random: options.random }, lacksSomething },
    entries: () => bot.ledgerEntries(1_000_000),
    requests: collect,
    async close() {
      closing.abort();
      await ticking;
      chats.close();
      await bot.close();
      await teams.close();
      await tenant.close();
    },
  };
}
