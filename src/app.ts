/**
 * Builds the bot: the adapters first, then casework on them, then the receiver that brings in messages and clicks. This is the
 * only file that may import everything. What a crash left unfinished is recovered before the port opens.
 */
import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { join } from 'node:path';
import pino from 'pino';
import { collectDefaultMetrics, Registry } from 'prom-client';
import { loadCards } from './cards/load-cards.ts';
import { leadOrFollow } from './casework/background/duty.ts';
import { startLedger } from './start-ledger.ts';
import type { StartOverrides } from './start-overrides.ts';
import { buildCasework } from './casework/build.ts';
import { createBackground } from './casework/ports/background.ts';
import type { RecordedEntry } from './casework/ports/ledger.ts';
import { turnOfLine } from './casework/ports/log.ts';
import { REAL_TIMING, withAtMost } from './casework/ports/runtime.ts';
import { inOwnTurns } from './casework/ports/turn-id.ts';
import { withTurns } from './casework/steps/entries-of-turns.ts';
import { checkClock, reportClock } from './config/check-clock.ts';
import { openClocks } from './config/clocks.ts';
import { reportFeed } from './config/report-feed.ts';
import { channelMode } from './config/channel-mode.ts';
import type { Config } from './config/config.ts';
import { connectDirectory } from './graph/directory.ts';
import { takeLease } from './ledger/lease.ts';
import { readinessOf } from './config/ledger-start.ts';
import { startInterval } from './casework/background/interval.ts';
import { startReceiver } from './teams/receiver.ts';
import { createSender } from './teams/sender.ts';
import * as checkpoints from './config/start-checkpoints.ts';
import { checkTenant } from './config/start-checks.ts';
import { runFactsOf } from './config/settings.ts';
import { sayHowStarted } from './config/start-lines.ts';
import { tenantConnection } from './config/tenant-connection.ts';

const CARDS = fileURLToPath(new URL('../adaptive-cards', import.meta.url));
const SELF_SERVICE = 'https://aka.ms/sspr';
/** How often it is looked which source of the tenant feed is due. */
const FEED_EVERY_MS = 1000;
/** How long the start waits for the first rounds of the feed. What is not read by then is read while people work. */
const FIRST_ROUNDS_MS = 10_000;
/** How often a process looks who is on duty. It writes only every half minute, and only beside others. */
const DUTY_EVERY_MS = 10_000;
/** How often it is looked whether the clock of the machine was set. */
const CLOCK_EVERY_MS = 5000;
/** How often the cases that lack a fact are looked at; each has its own pauses (casework/background/mending.ts). */
const MEND_EVERY_MS = 1000;

/** The running bot. */
export interface Hardline {
  readonly origin: string;
  readonly port: number;
  /** Checks once everything that cases wait for, as the timers do. */
  tick(): Promise<void>;
  /** Resolves when no effect and no card update is running. */
  whenIdle(): Promise<void>;
  /** The newest ledger entries, newest first. */
  ledgerEntries(limit: number): Promise<readonly RecordedEntry[]>;
  verifyLedger(): Promise<{ readonly ok: boolean }>;
  /** Stops listening, finishes what is running, and closes the ledger. */
  close(): Promise<void>;
}

type Closing = () => Promise<void>;

/** Starts the bot. Throws Fault or ConfigError, which say what to fix; in that case nothing is left open. */
export async function startHardline(config: Config, overrides: StartOverrides = {}): Promise<Hardline> {
  const opened: Closing[] = [];
  try {
    return await start(config, overrides, opened);
  } catch (error) {
    for (const close of opened.toReversed()) await close();
    throw error;
  }
}

async function start(config: Config, overrides: StartOverrides, opened: Closing[]): Promise<Hardline> {
  const newId = overrides.newId ?? (() => randomUUID());
  const logTo = overrides.logTo ?? pino.destination(1);
  const log = pino({ level: config.logLevel, base: null, mixin: turnOfLine }, logTo);
  const { timing = REAL_TIMING } = overrides;
  // A clock that a test moves is the only one there is: what waits by it must be counted by it.
  const limitsClock = overrides.now && { clock: overrides.steadyClock ?? overrides.now };
  const clocks = openClocks({ machine: overrides.now ?? Date.now, steady: limitsClock?.clock ?? timing.clock });
  const { now } = clocks;
  const runtime = { now, newId };
  const background = createBackground(log);
  const registry = new Registry();
  if (overrides.withoutTimers !== true) collectDefaultMetrics({ register: registry });

  const file = join(config.dataFolder, 'hardline.sqlite');
  const lock = overrides.besideOthers === true ? null : takeLease(file);
  opened.push(() => Promise.resolve(lock?.end()));
  const { feed } = config;
  const vipGroup = config.vipGroup === null ? [] : [config.vipGroup];
  const tenant = tenantConnection(config);
  const wait = overrides.wait ?? ((milliseconds) => sleep(milliseconds));
  await checkTenant(config, tenant, {
    ...{ log, now, newId, pause: wait },
    ...(overrides.wait && { wait: overrides.wait }),
  });
  const { ledger, keeper, copies, forgotten } = await startLedger({
    ...{ config, file, newId, clocks, tenant, timing, log, logTo, registry, limitsClock, opened },
    onCheckpoint: overrides.onCheckpoint,
  });
  const directory = connectDirectory({
    ...{ tenant, now, newId, timing, feed, methodsAreReports: config.methodsAreReports },
    protectedGroups: config.protectedGroups,
    vipGroup: config.vipGroup,
    helpdeskGroups: Object.values(config.groups),
    teamsAppId: config.teamsCatalogId,
    index: ledger.tenantIndex,
    knownGroups: [...Object.values(config.groups), ...config.protectedGroups, ...vipGroup],
    observe: (report) => log.debug(report, 'graph call'),
    onFeed: (report) => reportFeed(log, report),
    ...clocks.compared,
    onClock: (report) => reportClock(log, report),
    ...(overrides.reportLimit === undefined ? {} : { reportLimit: overrides.reportLimit }),
    ...(overrides.wait && { wait: overrides.wait }),
    ...limitsClock,
  });
  opened.push(() => directory.close());
  await withAtMost(FIRST_ROUNDS_MS, undefined, REAL_TIMING, (deadline) => directory.feed.firstRounds(deadline));
  checkClock(directory.clock());

  const cards = loadCards(CARDS);
  const sender = createSender({
    ...{ mode: channelMode(config), host: config.host, log, registry, now, timing, random: Math.random },
    ...limitsClock,
    ...(overrides.wait && { wait: overrides.wait }),
    ...(overrides.connectorTimeout !== undefined && { connectorTimeoutMilliseconds: overrides.connectorTimeout }),
  });
  const built = await buildCasework({
    ...{ directory, ledger, cards, messenger: sender.messenger, runtime, timing, background, log },
    wait,
    policy: config.policy,
    groups: config.groups,
    objectionBlocksHours: config.objectionBlocksHours,
    selfServiceUrl: SELF_SERVICE,
    timeZone: config.timeZone,
    emergencyContact: config.emergencyContact,
    spikeCallers: config.spikeCallers,
    ...{ senderLimits: config.senderLimits, company: lock === null ? 'others' : 'alone' },
    checkpoints: { watch: checkpoints.watchCheckpoints(ledger, keeper), daily: config.checkpoints.leadsGetOneADay },
  });
  const { casework, mend, whenIdle, duty } = built;
  const lookAtClock = inOwnTurns(newId, clocks.watch(withTurns(ledger), log));

  const recovered = await built.recover();
  if (recovered.orders + recovered.others > 0)
    log.warn({ ...recovered }, 'recovered what an earlier run left unfinished');
  await built.started({ ...runFactsOf(config), recovered, forgotten });
  const listening = await startReceiver(sender, {
    ...{ port: config.port, casework, log, newId, now, timing, background },
    turnMilliseconds: config.turnSeconds * 1000,
    placed: (caseId, place) => built.cardPlaced(caseId, place),
    refused: built.refusedByGuard,
    firstSight: (key) => built.firstSight(key),
    cards: {
      passCannotBeShownHere: (language) =>
        cards.in(language).refusal({ refusal: { code: 'pass-cannot-be-shown-here' }, at: null }),
      apology: (language, reference, fault) =>
        cards.in(language).fault({ code: fault === null ? null : fault.code, reference, at: null }),
    },
    ready: () => Promise.resolve(readinessOf(ledger, built.readiness())),
  });
  opened.push(() => listening.close());
  const runFeed = inOwnTurns(newId, () => leadOrFollow(duty, directory.feed));
  const stops =
    overrides.withoutTimers === true
      ? []
      : [
          startInterval(DUTY_EVERY_MS, () => duty.attend(), log, 'duty'),
          startInterval(FEED_EVERY_MS, runFeed, log, 'feed'),
          startInterval(config.watchSeconds * 1000, built.tick, log, 'watch'),
          startInterval(MEND_EVERY_MS, mend, log, 'mending'),
          startInterval(CLOCK_EVERY_MS, lookAtClock, log, 'clock'),
          ...checkpoints.checkpointIntervals(ledger, keeper, log),
        ];
  if (overrides.withoutTimers !== true) copies.startTimers();
  // A signed line at every start: whoever collects them sees at once whether they arrive, and where a run began.
  await ledger.checkpoint();
  sayHowStarted(log, config, listening.port);

  return {
    origin: listening.origin,
    port: listening.port,
    async tick() {
      await runFeed();
      await lookAtClock();
      await built.tick();
      await mend();
      await copies.run();
    },
    whenIdle,
    ledgerEntries: (limit) => ledger.entries({ caseId: null, limit }),
    verifyLedger: () => built.verified(() => ledger.verify()),
    async close() {
      await Promise.all([...stops.map((stop) => stop()), copies.close()]);
      await listening.close();
      built.writeCounts();
      await whenIdle();
      await built.stopped();
      built.leave();
      await whenIdle();
      await directory.close();
      try {
        // What the ledger holds when the bot stops; nothing vouches for one that somebody else wrote to.
        if (ledger.stopped() === null) await ledger.checkpoint();
      } finally {
        await ledger.close();
        await keeper.close();
        lock?.end();
      }
    },
  };
}
