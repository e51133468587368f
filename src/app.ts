/**
 * Builds every wall once and puts the house together; the only file that may import everything.
 * The one rule kept here: what a crash left behind is settled before the first turn is answered.
 */
import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { join } from 'node:path';
import pino, { type DestinationStream } from 'pino';
import { collectDefaultMetrics, Registry } from 'prom-client';
import { loadCards } from './cards/load-cards.ts';
import { buildCasework, type BuiltCasework } from './casework/build.ts';
import type { RecordedEntry } from './casework/ports/ledger.ts';
import { channelMode } from './config/channel-mode.ts';
import type { Config } from './config/config.ts';
import { connectDirectory } from './graph/directory.ts';
import { openCheckpointKey } from './ledger/checkpoint-key.ts';
import { openLedger } from './ledger/open.ts';
import type { Instant } from './procedure/facts.ts';
import { startInterval } from './casework/background/interval.ts';
import { createTeams } from './teams/start-teams.ts';
import { tenantConnection, checkGrants } from './config/tenant-connection.ts';

const CARDS = fileURLToPath(new URL('../adaptive-cards', import.meta.url));
const SELF_SERVICE = 'https://aka.ms/sspr';
const CHECKPOINT_EVERY_MS = 60 * 60_000;

/** What a test or the demo may put in place of the real surroundings. */
export interface StartOverrides {
  readonly now?: () => Instant;
  readonly newId?: () => string;
  /** Where log lines go; standard output otherwise. */
  readonly logTo?: DestinationStream;
  /** Where checkpoints go, a JSON line each; standard output otherwise. */
  readonly onCheckpoint?: (text: string) => void;
  /** How to pause before Graph's next turn, for a new chat, and before Teams is tried again; really otherwise. */
  readonly wait?: (milliseconds: number) => Promise<void>;
  /** How long one request to Teams may take, in milliseconds. */
  readonly connectorTimeout?: number;
  /** No timers: the watch looks only when told to. */
  readonly stillWatch?: boolean;
  /** Report reads in ten seconds, in place of Microsoft's five; for an emulated tenant that enforces no limits. */
  readonly reportLimit?: number;
}

/** The running bot. */
export interface Hardline {
  readonly origin: string;
  readonly port: number;
  /** One look at everything cases wait for; the timer does the same. */
  tick(): Promise<void>;
  /** Resolves when no effect and no card update is under way. */
  whenIdle(): Promise<void>;
  /** The newest ledger entries, newest first. */
  ledgerEntries(limit: number): Promise<readonly RecordedEntry[]>;
  verifyLedger(): Promise<{ readonly ok: boolean }>;
  /** Stops listening, finishes what is under way, closes the ledger. */
  close(): Promise<void>;
}

type Closing = () => Promise<void>;

/** Starts the bot. Throws Fault or ConfigError with what must be mended; nothing is left open then. */
export async function startHardline(config: Config, replaced: StartOverrides = {}): Promise<Hardline> {
  const opened: Closing[] = [];
  try {
    return await start(config, replaced, opened);
  } catch (error) {
    for (const close of opened.toReversed()) await close();
    throw error;
  }
}

async function start(config: Config, replaced: StartOverrides, opened: Closing[]): Promise<Hardline> {
  const now = replaced.now ?? (() => Date.now() as Instant);
  const newId = replaced.newId ?? (() => randomUUID());
  const runtime = { now, newId };
  const log = pino({ level: config.logLevel, base: null }, replaced.logTo ?? pino.destination(1));
  const registry = new Registry();
  if (replaced.stillWatch !== true) collectDefaultMetrics({ register: registry });

  const tenant = tenantConnection(config);
  await checkGrants(tenant, log);
  const directory = connectDirectory({
    tenant,
    protectedGroups: config.protectedGroups,
    vipGroup: config.vipGroup,
    teamsAppId: config.teamsCatalogId,
    now,
    newId,
    observe: (report) => log.debug(report, 'graph call'),
    ...(replaced.reportLimit === undefined ? {} : { reportLimit: replaced.reportLimit }),
    ...(replaced.wait && { wait: replaced.wait }),
  });
  opened.push(() => directory.close());
  const ledger = await openLedger({
    file: join(config.dataFolder, 'hardline.sqlite'),
    now,
    newId,
    signingKey: openCheckpointKey(config.checkpointKeyFile ?? join(config.dataFolder, 'checkpoint-key.pem')),
    onCheckpoint: replaced.onCheckpoint ?? ((checkpoint) => log.info({ checkpoint }, 'ledger checkpoint')),
  });

  opened.push(() => ledger.close());

  const cards = loadCards(CARDS);
  let built: BuiltCasework | null = null;
  const services = (): BuiltCasework => built ?? notYet();
  const teams = createTeams({
    mode: channelMode(config),
    host: config.host,
    port: config.port,
    casework: () => services().casework,
    placed: (caseId, place) => services().cardPlaced(caseId, place),
    firstSight: (key) => ledger.firstSight(key, now()),
    cards: {
      passCannotBeShownHere: (language) =>
        cards.in(language).refusal({ refusal: { code: 'pass-cannot-be-shown-here' }, at: null }),
      apology: (language, reference, fault) =>
        cards.in(language).fault({ code: fault === null ? null : fault.code, reference, at: null }),
    },
    ready: () => Promise.resolve(built !== null),
    log,
    registry,
    newId,
    now,
    random: Math.random,
    ...(replaced.wait && { wait: replaced.wait }),
    ...(replaced.connectorTimeout !== undefined && { connectorTimeoutMilliseconds: replaced.connectorTimeout }),
  });
  built = await buildCasework({
    ...{ directory, ledger, cards, runtime: runtime, log },
    messenger: () => teams.messenger,
    wait: replaced.wait ?? ((milliseconds) => sleep(milliseconds)),
    policy: config.policy,
    groups: config.groups,
    objectionBlocksHours: config.objectionBlocksHours,
    selfServiceUrl: SELF_SERVICE,
    timeZone: config.timeZone,
  });
  const { look, whenIdle: settled } = built;

  const left = await built.recover();
  if (left.orders + left.others > 0) log.warn({ ...left }, 'settled what an earlier run left behind');
  const listening = await teams.listen();
  opened.push(() => listening.close());
  const stops =
    replaced.stillWatch === true
      ? []
      : [
          startInterval(config.watchSeconds * 1000, look, log, 'watch'),
          startInterval(CHECKPOINT_EVERY_MS, () => ledger.checkpoint(), log, 'checkpoint'),
        ];
  log.info({ port: listening.port, channel: config.channel.kind, graph: config.graph.kind }, 'listening');

  return {
    origin: listening.origin,
    port: listening.port,
    tick: look,
    whenIdle: settled,
    ledgerEntries: (limit) => ledger.entries({ caseId: null, limit }),
    verifyLedger: () => ledger.verify(),
    async close() {
      await Promise.all(stops.map((stop) => stop()));
      await listening.close();
      await settled();
      await directory.close();
      await ledger.close();
    },
  };
}

function notYet(): never {
  throw new Error('a turn came before the house was built');
}
