/**
 * Starts everything the demo consists of: tenant, bot, Teams. All of it runs in this process, listens on loopback, and
 * talks over HTTP only. The bot is the real one, started as in production except for its configuration.
 */
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { createDemoLog } from './demo-log.ts';
import { type Hardline, startHardline } from '../src/app.ts';
import type { Instant } from '../src/procedure/facts.ts';
import { untilItForwards } from './graph-through.ts';
import { demoConfig, guidesOf, membersOf, peopleByRole, withoutTeams } from './demo-config.ts';
import { followLedger, type LedgerFeed, type FeedEntry } from './teams/ledger-feed.ts';
import { startTeams, type Teams } from './teams/start.ts';
import { readSeedFile } from './tenant/read-seed.ts';
import { FERNHILL, type RunningTenant, startTenant } from './tenant/start.ts';

/** How to start. */
interface DemoOptions {
  /** Port of the page; 0 takes any free one. */
  readonly port: number;
  /** Seed file; `null`: the demo's own company. */
  readonly seedFile: string | null;
  /** A folder to keep the data in; `null`: a temporary folder that is removed at the end. */
  readonly dataFolder: string | null;
  /** Port of the tenant; default: any free one. */
  readonly tenantPort?: number;
  /** Address of a proxy on this machine that the bot is to use instead of the tenant; it must forward to the tenant. */
  readonly graphThrough?: string | null;
  /** Called with the tenant's address as soon as it answers, before the bot starts. */
  readonly onTenant?: (origin: string) => void;
  /** For tests: a tenant without limits, and a bot that checks its cases several times a second. */
  readonly impatient?: boolean;
}

/** A running demo. */
export interface Demo {
  readonly origin: string;
  readonly botEndpoint: string;
  readonly tenant: RunningTenant;
  readonly hardline: Hardline;
  readonly teams: Teams;
  readonly dataFolder: string;
  close(): Promise<void>;
}

/** The most ledger entries that are read at once. */
const NEWEST = 1000;

/** Reads the ledger of a running bot. `bot` is a function, because the bot starts after the page. */
function ledgerOf(bot: () => Hardline | null, onError: (error: unknown) => void): LedgerFeed {
  const entries = async (after: number, limit: number): Promise<readonly FeedEntry[]> => {
    const newest = (await bot()?.ledgerEntries(NEWEST)) ?? [];
    return newest
      .filter((entry) => entry.seq > after)
      .toReversed()
      .slice(0, limit);
  };
  const verify = async (): Promise<{ intact: boolean; says: string }> => {
    const verdict = await bot()?.verifyLedger();
    const size = (await bot()?.ledgerEntries(1))?.[0]?.seq ?? 0;
    return verdict?.ok === true
      ? { intact: true, says: `${size} entries, the chain is intact` }
      : { intact: false, says: `the ledger was changed${describe(verdict)}` };
  };
  return followLedger({ entries, verify }, onError);
}

/** The details of a verdict, if it has any. */
function describe(verdict: object | undefined): string {
  if (verdict === undefined) return ': the bot is not running';
  const { problem = 'unknown', at = null } = verdict as { problem?: string; at?: number | null };
  return `: ${problem}${at === null ? '' : ` at ${at}`}`;
}

/** Starts the demo. If one part fails to start, the others are stopped again. */
export async function startDemo(options: DemoOptions): Promise<Demo> {
  const seedUrl = options.seedFile === null ? FERNHILL : pathToFileURL(options.seedFile);
  const seed = readSeedFile(seedUrl);
  const undo: (() => Promise<unknown>)[] = [];
  const undoAll = async (): Promise<void> => {
    for (const step of undo.toReversed()) await step();
    undo.length = 0;
  };
  let bot: Hardline | null = null;
  try {
    const dataFolder = options.dataFolder ?? (await mkdtemp(join(tmpdir(), 'hardline-demo-')));
    if (options.dataFolder === null) undo.push(() => rm(dataFolder, { recursive: true, force: true }));
    else await mkdir(dataFolder, { recursive: true });
    const log = createDemoLog(join(dataFolder, 'hardline.log'));

    let teams: Teams | null = null;
    const unreachable = withoutTeams(seed);
    const onInstall = (person: string): void => {
      if (!unreachable.includes(person)) void teams?.appInstalled(person);
    };
    const tenant = await startTenant({ port: options.tenantPort ?? 0, seed: seedUrl, onInstall });
    undo.push(() => tenant.close());
    options.onTenant?.(tenant.origin);
    const graphThrough = options.graphThrough ?? null;
    if (graphThrough !== null) await untilItForwards(graphThrough);
    teams = await startTeams({
      port: options.port,
      tenantId: seed.tenantId,
      now: tenant.now,
      members: membersOf(seed),
      withoutApp: unreachable,
      botOrigin: () => bot?.origin ?? '',
      tenantOrigin: () => tenant.origin,
      ledger: ledgerOf(
        () => bot,
        (error) => process.stderr.write(`ledger feed: ${(error as Error).message}\n`),
      ),
      pageSetup: () => ({
        house: `${seed.displayName} (emulated)`,
        seats: peopleByRole(seed),
        stories: guidesOf(seed),
      }),
    });
    undo.push(() => teams.close());
    const impatient = options.impatient === true;
    if (impatient) tenant.control.settings({ throttling: false });
    const config = demoConfig(seed, { tenantOrigin: graphThrough ?? tenant.origin, dataFolder });
    const atEveryLook = { people: 0, audit: 0, risk: 0 };
    const followed = { ...config.feed, every: { ...config.feed.every, ...atEveryLook }, recent: atEveryLook };
    const hardline = await startHardline(impatient ? { ...config, watchSeconds: 0.2, feed: followed } : config, {
      logTo: log,
      now: () => tenant.now() as Instant, // one clock for both
      ...(impatient ? { reportLimit: 1000 } : {}),
    });
    bot = hardline;
    undo.push(() => hardline.close());
    await teams.installForAll();
    await hardline.whenIdle();
    const botEndpoint = `${hardline.origin}/api/messages`;
    return { origin: teams.origin, botEndpoint, tenant, hardline, teams, dataFolder, close: undoAll };
  } catch (error) {
    await undoAll();
    throw error;
  }
}
