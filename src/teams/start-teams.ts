/**
 * Puts the channel together: guard, adapter, bot, messenger, server.
 * The one rule kept here: an unsound mode stops here, before a port is open.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import type { Registry } from 'prom-client';
import type { Log } from '../casework/ports/log.ts';
import type { CardPlace } from '../casework/ports/ledger.ts';
import type { CardMessage, Messenger } from '../casework/ports/messenger.ts';
import type { Casework } from '../casework/ports/turn.ts';
import type { CaseId } from '../procedure/case.ts';
import { createChannel } from './adapter.ts';
import { createBot } from './bot.ts';
import { createEndpoint } from './endpoint.ts';
import { createRequestGuard } from './request-guard.ts';
import { createMetrics } from './metrics.ts';
import { createMessenger } from './messenger.ts';
import type { TeamsMode } from './mode.ts';
import { appIdOf, assertSoundMode, serviceUrlRuleOf } from './mode.ts';
import { createRateLimit } from './rate-limit.ts';
import { startServer } from './server.ts';
import type { Apology } from './turn-error.ts';
import { createTurnErrorHandler } from './turn-error.ts';
import type { After } from './typing.ts';

/** What the channel needs. */
export interface TeamsOptions {
  readonly mode: TeamsMode;
  readonly host: string;
  /** 0 takes any free port. */
  readonly port: number;
  /**
   * Asked for at every turn, never before the first. Casework needs the messenger that comes out of here, so it is
   * built after us: `let casework; startTeams({ casework: () => casework })`. See `createTeams` to have it earlier.
   */
  readonly casework: () => Casework;
  /** Remembers where the card of a case stands. */
  readonly placed: (caseId: CaseId, place: CardPlace) => Promise<void>;
  /** True once per key (an activity id, or `welcome <chat>`). */
  readonly firstSight: (key: string) => Promise<boolean>;
  readonly cards: {
    /** Two-letter language in, words out. */
    readonly passCannotBeShownHere: (language: string) => CardMessage;
    readonly apology: Apology;
  };
  /** True when a turn could be worked now. Asked often. */
  readonly ready: () => Promise<boolean>;
  readonly log: Log;
  readonly registry: Registry;
  readonly newId: () => string;
  /** Milliseconds since 1970. */
  readonly now: () => number;
  readonly random: () => number;
  readonly wait?: (milliseconds: number) => Promise<void>;
  readonly after?: After;
  readonly openMetrics?: boolean;
  readonly connectorTimeoutMilliseconds?: number;
  readonly graceMilliseconds?: number;
}

/** The channel before it listens: the messenger is there, and nothing has been received. */
export interface Teams {
  readonly messenger: Messenger;
  /** Opens the port. Call once, when casework can answer. Rejects when the port cannot be had. */
  listen(): Promise<{ readonly origin: string; readonly port: number; close(): Promise<void> }>;
}

/** Builds the channel. Throws Fault `configuration` for an unsound mode. */
export function createTeams(options: TeamsOptions): Teams {
  const { mode, log, now } = options;
  assertSoundMode(mode, options.host);
  const channel = createChannel(mode, options.connectorTimeoutMilliseconds);
  const metrics = createMetrics(options.registry);
  const { adapter } = channel;
  const appId = appIdOf(mode);
  adapter.onTurnError = createTurnErrorHandler({ apology: options.cards.apology, newId: options.newId, log });
  const run = createBot({
    adapter,
    appId,
    casework: options.casework,
    messenger: () => messenger,
    placed: options.placed,
    firstSight: options.firstSight,
    passCannotBeShownHere: options.cards.passCannotBeShownHere,
    after: options.after ?? later,
    now,
    metrics: metrics,
    log,
  });
  const messenger: Messenger = createMessenger({
    adapter,
    appId,
    serviceUrls: serviceUrlRuleOf(mode),
    rateLimit: createRateLimit(),
    now,
    wait: options.wait ?? ((milliseconds) => sleep(milliseconds)),
    random: options.random,
    metrics: metrics,
    log,
  });
  const receive = createEndpoint({ guard: createRequestGuard(mode), channel, run, metrics: metrics, log });
  return { messenger, listen: () => startServer({ ...options, receive }) };
}

/** Builds the channel and listens. Rejects with Fault `configuration` for an unsound mode. */
export async function startTeams(
  options: TeamsOptions,
): Promise<{ readonly origin: string; readonly port: number; readonly messenger: Messenger; close(): Promise<void> }> {
  const teams = createTeams(options);
  return { ...(await teams.listen()), messenger: teams.messenger };
}

const later: After = (milliseconds, run) => {
  const timer = setTimeout(run, milliseconds);
  return () => clearTimeout(timer);
};
