/**
 * The receiving half of the channel: the server, the request guard and the bot, which pass messages and clicks to casework.
 * The port opens only when casework is ready to answer.
 */
import type { CardPlace } from '../casework/ports/ledger.ts';
import type { Log } from '../casework/ports/log.ts';
import type { CardMessage } from '../casework/ports/messenger.ts';
import { createBackground, type Background } from '../casework/ports/background.ts';
import { REAL_TIMING, type After, type Readiness, type Timing } from '../casework/ports/runtime.ts';
import type { Casework, RefusedByGuard } from '../casework/ports/turn.ts';
import type { CaseId } from '../procedure/case.ts';
import { createBot } from './bot.ts';
import { createEndpoint } from './endpoint.ts';
import { appIdOf } from './mode.ts';
import { createRefusalLog, type NoteRefusal } from './refusal-log.ts';
import { createRequestGuard } from './request-guard.ts';
import type { Sender } from './sender.ts';
import { startServer, type RunningServer, type ServerLimits } from './server.ts';
import { createTokenCheck } from './token-check.ts';
import { createTurnErrorHandler, type Apology } from './turn-error.ts';

/** Teams waits 10 to 15 seconds for the answer to a click, and the answer travels, too. */
const TURN_MILLISECONDS = 8_000;

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
  /** Told of every request that was refused before a turn began. Must not throw. */
  readonly refused?: (refused: RefusedByGuard) => void;
  /** Whether a turn could be handled now. Called often. */
  readonly ready: () => Promise<Readiness>;
  readonly log: Log;
  readonly newId: () => string;
  /** Milliseconds since 1970. */
  readonly now: () => number;
  /** How long a turn may take, in milliseconds; eight seconds otherwise. */
  readonly turnMilliseconds?: number;
  /** How the time of a turn is measured; real time otherwise. */
  readonly timing?: Timing;
  /** How the typing indicator waits; as `timing` otherwise. */
  readonly after?: After;
  /** Where work goes on after its turn; the receiver waits for none of it. */
  readonly background?: Background;
  readonly openMetrics?: boolean;
  readonly graceMilliseconds?: number;
  readonly limits?: ServerLimits;
}

/** Opens the port and lets casework answer. Rejects when the port cannot be opened. */
export function startReceiver(sender: Sender, options: ReceiverOptions): Promise<RunningServer> {
  const { channel, keys, metrics, mode, host, registry, messenger } = sender;
  const { casework, placed, firstSight, cards, log, newId, now, timing = REAL_TIMING } = options;
  const { after = timing.after, background = createBackground(log) } = options;
  const turnTime = { milliseconds: options.turnMilliseconds ?? TURN_MILLISECONDS, timing };
  channel.adapter.onTurnError = createTurnErrorHandler({ apology: cards.apology, newId, log });
  const { refused = () => undefined } = options;
  const logRefusal = createRefusalLog(log, now);
  const noteRefusal: NoteRefusal = (one) => {
    logRefusal(one);
    refused(one);
  };
  const run = createBot({
    ...{ adapter: channel.adapter, appId: appIdOf(mode), casework, messenger, placed, firstSight, after, now },
    ...{ passCannotBeShownHere: cards.passCannotBeShownHere, background, metrics, log },
    unreadable: (why) => refused({ code: `activity-${why}`, status: null }),
  });
  const receive = createEndpoint({
    ...{ guard: createRequestGuard(mode, now), tokens: keys === null ? null : createTokenCheck({ keys, now }) },
    ...{ channel, run, timing, background, metrics, noteRefusal, newId, log },
  });
  void keys?.read(); // not awaited: the bot starts without them, and answers 503 until they are there
  return startServer({ ...options, host, registry, receive, turnTime });
}
