/**
 * The receiving half of the channel: guard, bot and server in front of casework.
 * No port is open before casework can answer what comes in.
 */
import type { CardPlace } from '../casework/ports/ledger.ts';
import type { Log } from '../casework/ports/log.ts';
import type { CardMessage } from '../casework/ports/messenger.ts';
import type { Casework } from '../casework/ports/turn.ts';
import type { CaseId } from '../procedure/case.ts';
import { createBot } from './bot.ts';
import { createEndpoint } from './endpoint.ts';
import { appIdOf } from './mode.ts';
import { createRequestGuard } from './request-guard.ts';
import type { Sender } from './sender.ts';
import { startServer, type RunningServer } from './server.ts';
import { createTurnErrorHandler, type Apology } from './turn-error.ts';
import type { After } from './typing.ts';

/** What receiving needs. */
export interface ReceiverOptions {
  /** 0 takes any free port. */
  readonly port: number;
  readonly casework: Casework;
  /** Remembers where the card of a case stands. */
  readonly placed: (caseId: CaseId, place: CardPlace) => Promise<void>;
  /** True once per key (an activity id, or `welcome <chat>`). */
  readonly firstSight: (key: string) => Promise<boolean>;
  readonly cards: {
    /** Two-letter language in, card out. */
    readonly passCannotBeShownHere: (language: string) => CardMessage;
    readonly apology: Apology;
  };
  /** True when a turn could be worked now. Asked often. */
  readonly ready: () => Promise<boolean>;
  readonly log: Log;
  readonly newId: () => string;
  /** Milliseconds since 1970. */
  readonly now: () => number;
  readonly after?: After;
  readonly openMetrics?: boolean;
  readonly graceMilliseconds?: number;
}

/** Opens the port and answers with casework. Rejects when the port cannot be had. */
export function startReceiver(sender: Sender, options: ReceiverOptions): Promise<RunningServer> {
  const { channel, metrics, mode, host, registry, messenger } = sender;
  const { casework, placed, firstSight, cards, log, newId, now, after = later } = options;
  channel.adapter.onTurnError = createTurnErrorHandler({ apology: cards.apology, newId, log });
  const run = createBot({
    ...{ adapter: channel.adapter, appId: appIdOf(mode), casework, messenger, placed, firstSight, after, now },
    ...{ passCannotBeShownHere: cards.passCannotBeShownHere, metrics, log },
  });
  const receive = createEndpoint({ guard: createRequestGuard(mode), channel, run, metrics, log });
  return startServer({ ...options, host, registry, receive });
}

const later: After = (milliseconds, run) => {
  const timer = setTimeout(run, milliseconds);
  return () => clearTimeout(timer);
};
