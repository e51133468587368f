/**
 * The bot as the SDK sees it: one handler for each kind of activity, which parses it, calls casework and sends the answer.
 * Invokes are answered here and never left to the framework: after the first card with a `refresh`, it would send all later
 * answers of that button to the whole chat, and it answers an unknown invoke with a 501.
 */
import { Application } from '@microsoft/teams-ai';
import type { TeamsAdapter } from '@microsoft/teams-ai';
import type { TurnContext } from 'botbuilder';
import type { Background } from '../casework/ports/background.ts';
import { Fault } from '../casework/ports/fault.ts';
import type { Log } from '../casework/ports/log.ts';
import type { CardPlace } from '../casework/ports/ledger.ts';
import type { CardMessage, Messenger } from '../casework/ports/messenger.ts';
import type { Casework, ClickAnswer, ActionTurn, Reply, Turn } from '../casework/ports/turn.ts';
import { inTime, type After } from '../casework/ports/runtime.ts';
import type { CaseId } from '../procedure/case.ts';
import type { Carrier } from './exchange.ts';
import type { InboundActivity } from './inbound-activity.ts';
import type { Metrics } from './metrics.ts';
import type { TurnReading } from './read-turn.ts';
import { isSubmit, readInstall, readExecuteAction, readMessage, readSubmitAction } from './read-turn.ts';
import { whileTyping } from './typing.ts';
import type { InvokeBody } from './write-reply.ts';
import { declineInvoke, messageOf, refuseClick, showCard, showLine, showPass } from './write-reply.ts';

/** What the bot needs. */
export interface BotParts {
  readonly adapter: TeamsAdapter;
  readonly appId: string;
  readonly casework: Casework;
  readonly messenger: Messenger;
  /** Reports that the card of a case was sent, and where it is. */
  readonly placed: (caseId: CaseId, place: CardPlace) => Promise<void>;
  /** True the first time a key is seen. Teams delivers some messages twice; each is handled once. */
  readonly firstSight: (key: string) => Promise<boolean>;
  /** Sent instead of a pass where the answer cannot show one safely (a button pressed in an old client). */
  readonly passCannotBeShownHere: (language: string) => CardMessage;
  readonly after: After;
  /** Where replies go on that Teams did not take within their turn. */
  readonly background: Background;
  /** Milliseconds, from any starting point. */
  readonly now: () => number;
  /** Told of every activity that could not be read. Must not throw. */
  readonly unreadable: (why: string) => void;
  readonly metrics: Metrics;
  readonly log: Log;
}

/** Runs one turn. `received` is the activity as the request guard parsed it; only its text is taken from the SDK. */
export type RunTurn = (context: TurnContext, received: InboundActivity, carrier: Carrier) => Promise<void>;

/** What was received: the activity, and what is known of the request that brought it. */
interface Received {
  readonly activity: InboundActivity;
  readonly carrier: Carrier;
}

/** Builds the bot. An error in a turn goes to the adapter's `onTurnError`. */
export function createBot(parts: BotParts): RunTurn {
  const app = new Application({
    adapter: parts.adapter,
    botAppId: parts.appId,
    startTypingTimer: false,
    longRunningMessages: false,
  });
  // The framework starts a timer with every message, whatever its options say, and tells the chat each second that it is typing.
  app.startTypingTimer = () => undefined;
  const read = new WeakMap<TurnContext, Received>();
  const receivedWith = (context: TurnContext): Received => {
    const received = read.get(context);
    if (received === undefined) throw new Error('a turn came without the activity it was received with');
    // The SDK removes the mention of the bot from the text; everything else stays as the guard parsed it.
    return { ...received, activity: { ...received.activity, text: context.activity.text } };
  };
  app.activity('message', (context) => onMessage(parts, context, receivedWith(context)));
  app.activity('invoke', (context) => onInvoke(parts, context, receivedWith(context)));
  app.activity('installationUpdate', (context) => onInstalled(parts, context, receivedWith(context)));
  app.activity('conversationUpdate', (context) => onMembers(parts, context, receivedWith(context)));
  return async (context, activity, carrier) => {
    read.set(context, { activity, carrier });
    await app.run(context);
  };
}

async function onMessage(parts: BotParts, context: TurnContext, received: Received): Promise<void> {
  if (isSubmit(received.activity)) await onSubmit(parts, context, received);
  else await onText(parts, context, received);
}

/**
 * If the process crashes after the first ledger entry and before the answer, this message stays unanswered: its second delivery
 * counts as answered. That is the smaller loss. The person asks again, and no case moved without their knowledge.
 */
async function onText(parts: BotParts, context: TurnContext, { activity, carrier }: Received): Promise<void> {
  const turn = accept(parts, 'message', readMessage(activity, carrier.deadline));
  if (turn === null) return;
  const replies = await measured(parts, turn, () =>
    whileTyping(
      parts.after,
      () => showTyping(parts, context),
      () => parts.casework.onMessage(turn),
    ),
  );
  if (replies !== null) await sendAll(parts, context, turn, replies);
}

async function onSubmit(parts: BotParts, context: TurnContext, { activity, carrier }: Received): Promise<void> {
  const turn = accept(parts, 'action', readSubmitAction(activity, carrier.deadline));
  if (turn === null || !(await isFirst(parts, turn))) return;
  const answer = await measured(parts, turn, () => parts.casework.onAction(turn));
  if (answer.kind === 'show-pass') answer.lost();
  const cardMessage = answer.kind === 'show-pass' ? parts.passCannotBeShownHere(turn.language) : answer.cardMessage;
  await sendAll(parts, context, turn, [{ cardMessage, cardOf: null }]);
}

async function onInvoke(parts: BotParts, context: TurnContext, { activity, carrier }: Received): Promise<void> {
  if (activity.name !== 'adaptiveCard/action') return answerInvoke(context, declineInvoke(activity.name));
  const turn = accept(parts, 'action', readExecuteAction(activity, carrier.deadline));
  if (turn === null) return answerInvoke(context, refuseClick('BadRequest'));
  // A second delivery is passed on to casework too: the version of the case makes the same click harmless.
  const answer = await measured(parts, turn, () => parts.casework.onAction(turn));
  const body = bodyOf(parts, turn, answer);
  if (answer.lost !== undefined) carrier.answers(body, answer.lost);
  return answerInvoke(context, body);
}

/** A pass is shown in a personal chat or not at all, whatever casework answered. */
function bodyOf(parts: BotParts, turn: ActionTurn, answer: ClickAnswer): InvokeBody {
  if (answer.kind === 'show') return showCard(answer.cardMessage.card);
  if (answer.kind === 'keep-card') return showLine(answer.cardMessage.summary);
  if (turn.where.chat === 'personal') return showPass(answer.passCard);
  answer.lost();
  return showCard(parts.passCannotBeShownHere(turn.language).card);
}

async function onInstalled(parts: BotParts, context: TurnContext, received: Received): Promise<void> {
  if (received.activity.action?.startsWith('add') === true) await onArrived(parts, context, received);
}

async function onMembers(parts: BotParts, context: TurnContext, received: Received): Promise<void> {
  if ((received.activity.membersAdded ?? []).length > 0) await onArrived(parts, context, received);
}

/**
 * Installing the app causes several activities, and some clients repeat them. Casework gets each of them, to record the chat. The
 * person is welcomed once per chat.
 */
async function onArrived(parts: BotParts, context: TurnContext, { activity, carrier }: Received): Promise<void> {
  const turn = accept(parts, 'install', readInstall(activity, carrier.deadline));
  if (turn?.where.chat !== 'personal') return;
  const replies = await measured(parts, turn, () => parts.casework.onInstall(turn));
  if (replies.length > 0 && (await parts.firstSight(`welcome ${activity.conversation.id}`))) {
    await sendAll(parts, context, turn, replies);
  }
}

function accept<T extends Turn>(parts: BotParts, kind: T['kind'], reading: TurnReading<T>): T | null {
  if (reading.kind === 'read') return reading.turn;
  parts.metrics.turn(kind, 'unreadable');
  parts.log.warn({ kind, why: reading.why }, 'an activity could not be read');
  parts.unreadable(reading.why);
  return null;
}

async function isFirst(parts: BotParts, turn: Turn): Promise<boolean> {
  const first = await parts.firstSight(turn.activityId);
  if (!first) parts.metrics.turn(turn.kind, 'repeated');
  return first;
}

async function measured<T>(parts: BotParts, turn: Turn, work: () => Promise<T>): Promise<T> {
  const began = parts.now();
  let outcome: 'answered' | 'repeated' | 'failed' = 'failed';
  try {
    const result = await work();
    outcome = result === null ? 'repeated' : 'answered';
    return result;
  } finally {
    parts.metrics.turn(turn.kind, outcome);
    parts.metrics.turnTook(turn.kind, (parts.now() - began) / 1000);
  }
}

/**
 * Sends every reply. The turn waits for Teams until its deadline; afterwards the sending goes on by itself, because a message is
 * of use later, too.
 */
async function sendAll(parts: BotParts, context: TurnContext, turn: Turn, replies: readonly Reply[]): Promise<void> {
  const sending = sendEach(parts, context, turn, replies);
  const sent = await inTime(sending, turn.deadline.signal);
  if (sent.kind === 'late') parts.background.run('a reply', sending);
}

/**
 * Sends each reply as a message of its own, in order. In a personal chat the messenger sends it, which retries where Teams allows
 * it, so that a busy connector does not leave the technician without an answer. Only a message for which Teams returned an id can
 * be updated later.
 */
async function sendEach(parts: BotParts, context: TurnContext, turn: Turn, replies: readonly Reply[]): Promise<void> {
  for (const { cardMessage, cardOf, continueAt } of replies) {
    if (turn.where.chat !== 'personal') {
      await context.sendActivity(messageOf(cardMessage));
      continue;
    }
    const delivery = await parts.messenger.send(turn.where.conversation, cardMessage);
    if (delivery.kind !== 'delivered') throw unanswered(delivery.why);
    if (cardOf !== null) await parts.placed(cardOf, delivery.place);
    continueAt?.(delivery.place);
  }
}

/** Makes the turn fail, so that the person gets the short apology, if Teams accepts that one. */
function unanswered(why: string): Fault {
  return new Fault('teams-unreachable', {
    internal: `reply not delivered: ${why}`,
  });
}

function showTyping(parts: BotParts, context: TurnContext): void {
  context.sendActivity({ type: 'typing' }).catch(() => parts.log.warn({}, 'the typing indicator was not delivered'));
}

async function answerInvoke(context: TurnContext, body: InvokeBody | undefined): Promise<void> {
  await context.sendActivity({ type: 'invokeResponse', value: { status: 200, body } });
}
