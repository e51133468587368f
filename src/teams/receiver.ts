/**
 * The receiving half of the channel: the server, the request guard and the bot, which pass messages and clicks to casework.
 * The port opens only when casework is ready to answer.
 */
import type { CardPlace } from '../casework/ports/ledger.ts';
import type { Log } from '../casework/ports/log.ts';
import type { CardMessage } from '../casework/ports/messenger.ts';
import type { Casework } from '../casework/ports/turn.ts';
import type { CaseId } from '../procedure/case.ts';
import { createBot } from './bot.ts';
import { createEndpoint } from './endpoint.ts';
import { appIdOf } from './mode.ts';
import { createRefusalLog } from './refusal-log.ts';
import { createRequestGuard } from './request-guard.ts';
import type { Sender } from './sender.ts';
import { startServer, type RunningServer, type ServerLimits } from './server.ts';
import { createTokenCheck } from './token-check.ts';
import { createTurnErrorHandler, type Apology } from './turn-error.ts';
import type { After } from './typing.ts';

/** What the receiver needs. */
export interface ReceiverOptions {
  /** 0 takes any free port. */
  readonly port: number;
  readonly casework: Casework;
  /** Records where the card of a case is. */
  readonly placed: (caseId: CaseId, place: CardPlace) => Promise<void>;
  /** True the first time a key is seen (an activity id, or `welcome <chat>`). */
  readonly firstSight: (key: string) => Promise<boolean>;
  readonly cards: {
    /** `language`: two letters. */
    readonly passCannotBeShownHere: (language: string) => CardMessage;
    readonly apology: Apology;
  };
  /** Whether a turn could be handled now. Called often. */
  readonly ready: () => Promise<boolean>;
  readonly log: Log;
  readonly newId: () => string;
  /** Milliseconds since 1970. */
  readonly now: () => number;
  readonly after?: After;
  readonly openMetrics?: boolean;
  readonly graceMilliseconds?: number;
  readonly limits?: ServerLimits;
}

/** Opens the port and lets casework answer. Rejects when the port cannot be opened. */
export function startReceiver(sender: Sender, options: ReceiverOptions): Promise<RunningServer> {
  const { channel, keys, metrics, mode, host, registry, messenger } = sender;
  const { casework, placed, firstSight, cards, log, newId, now, after = later } = options;
  channel.adapter.onTurnError = createTurnErrorHandler({ apology: cards.apology, newId, log });
  const run = createBot({
    ...{ adapter: channel.adapter, appId: appIdOf(mode), casework, messenger, placed, firstSight, after, now },
    ...{ passCannotBeShownHere: cards.passCannotBeShownHere, metrics, log },
  });
  const receive = createEndpoint({
    ...{ guard: createRequestGuard(mode, now), tokens: keys === null ? null : createTokenCheck({ keys, now }) },
    ...{ channel, run, metrics, noteRefusal: createRefusalLog(log, now), log },
  });
  void keys?.read(); // not awaited: the bot starts without them, and answers 503 until they are there
  return startServer({ ...options, host, registry, receive });
}

const later: After = (milliseconds, run) => {
  const timer = setTimeout(run, milliseconds);
  return () => clearTimeout(timer);
};
