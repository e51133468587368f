/**
 * Sends messages to people: answers, notices, requests for approval, and updates of a case card.
 * A message counts as delivered only when Teams returned an id. The SDK hides failures on this path, so an answer without an id
 * means that the message was not delivered.
 */
import type { TeamsAdapter } from '@microsoft/teams-ai';
import type { TurnContext } from 'botbuilder';
import type { Log } from '../casework/ports/log.ts';
import type { CardPlace, ConversationKey } from '../casework/ports/ledger.ts';
import type { Delivery, CardMessage, Messenger } from '../casework/ports/messenger.ts';
import { inTime } from '../casework/ports/runtime.ts';
import { cancelWith } from './adapter.ts';
import { readReference, toSdkReference } from './conversation-reference.ts';
import type { StoredReference } from './conversation-reference.ts';
import type { Metrics } from './metrics.ts';
import type { RateLimit } from './rate-limit.ts';
import { classifySendFailure } from './send-failure.ts';
import type { SendFailure } from './send-failure.ts';
import type { ServiceUrlRule } from './service-url.ts';
import { acceptsServiceUrl } from './service-url.ts';
import { messageOf, replacementOf } from './write-reply.ts';

/** How often a request is repeated, for status codes that Microsoft says may be repeated. */
const MAX_RETRIES = 3;
/** Milliseconds a message waits because of rate limits or throttling before it is given up. */
const PATIENCE_MILLISECONDS = 30_000;

/** What the messenger needs. */
export interface MessengerParts {
  readonly adapter: TeamsAdapter;
  readonly appId: string;
  readonly serviceUrls: ServiceUrlRule;
  readonly rateLimit: RateLimit;
  /** Milliseconds, from any starting point; a clock that is never set. */
  readonly now: () => number;
  /** Pauses. May reject when the signal aborts. */
  readonly wait: (milliseconds: number, signal?: AbortSignal) => Promise<void>;
  /** A random number from 0 to 1, so that retries do not all come at the same time. */
  readonly random: () => number;
  readonly metrics: Metrics;
  readonly log: Log;
}

type Attempt = { readonly kind: 'sent'; readonly id: string } | ({ readonly kind: 'not-sent' } & SendFailure);
type Undelivered = Extract<Delivery, { kind: 'not-delivered' }>['why'];

const CANCELED: Attempt = { kind: 'not-sent', why: 'unreachable', status: 0, code: 'canceled', retryAfter: null };

/** One message or update: what is written, where, and what ends it. */
interface Write {
  readonly to: ConversationKey;
  /** The card to replace; `null` for a new message. */
  readonly place: CardPlace | null;
  readonly signal: AbortSignal | undefined;
  readonly write: (context: TurnContext) => Promise<string>;
}

/** Builds the messenger. Whatever Teams answers, it returns a result and does not throw. */
export function createMessenger(parts: MessengerParts): Messenger {
  return {
    send: (to, cardMessage) => {
      const write = async (context: TurnContext) => (await context.sendActivity(messageOf(cardMessage)))?.id ?? '';
      return deliver(parts, { to, place: null, signal: undefined, write });
    },
    replace: (to, place, cardMessage, signal) =>
      deliver(parts, { to, place, signal, write: (context) => update(context, place, cardMessage) }),
  };
}

/** Teams may answer an update without an id. The message keeps the id that it has. */
async function update(context: TurnContext, place: CardPlace, cardMessage: CardMessage): Promise<string> {
  await context.updateActivity(replacementOf(cardMessage, place.activity));
  return place.activity;
}

async function deliver(parts: MessengerParts, one: Write): Promise<Delivery> {
  const { place, signal } = one;
  const reference = readReference(one.to);
  const why = reference === null ? 'the reference is unreadable' : whyNotWritable(parts, reference, place);
  if (reference === null || why !== null) {
    parts.log.error({ why: why ?? '' }, 'a chat cannot be written to');
    return undelivered(parts, 'unreachable');
  }
  for (let retries = 0; ; retries += 1) {
    const delay = parts.rateLimit.take(reference.conversation.id, parts.now(), PATIENCE_MILLISECONDS);
    if (delay === null) return undelivered(parts, 'throttled');
    if (delay > 0) await pause(parts, delay, signal);
    const attempt = await tryUnlessCanceled(parts, reference, one);
    if (attempt.kind === 'sent') {
      parts.metrics.sent('delivered');
      return { kind: 'delivered', place: { conversation: reference.conversation.id, activity: attempt.id } };
    }
    if (isCanceled(signal)) return undelivered(parts, 'canceled');
    parts.log.warn({ why: attempt.why, status: attempt.status, code: attempt.code, retries }, 'not delivered');
    const wait = pauseBefore(parts, retries, attempt);
    if (wait === null) return undelivered(parts, attempt.why);
    await pause(parts, wait, signal);
  }
}

/** A function, because the signal can abort between any two looks at it. */
function isCanceled(signal: AbortSignal | undefined): boolean {
  return signal?.aborted === true;
}

async function pause(parts: MessengerParts, milliseconds: number, signal: AbortSignal | undefined): Promise<void> {
  if (signal === undefined) return parts.wait(milliseconds);
  try {
    await inTime(parts.wait(milliseconds, signal), signal);
  } catch (error) {
    if (!signal.aborted) throw error; // the pause was ended, and whoever called looks at the signal next
  }
}

/** A stored reference is checked like a new one: somebody who can write to the database must not be able to get the bot's token. */
function whyNotWritable(parts: MessengerParts, stored: StoredReference, place: CardPlace | null): string | null {
  if (!acceptsServiceUrl(parts.serviceUrls, stored.serviceUrl)) return 'the service address is not accepted';
  if (stored.conversation.conversationType !== 'personal') return 'the chat is not personal';
  if (place !== null && place.conversation !== stored.conversation.id) return 'the card is in another chat';
  return null;
}

/** One attempt. When the signal aborts, nobody waits for it any more, and a request that has not been sent never is. */
async function tryUnlessCanceled(parts: MessengerParts, stored: StoredReference, one: Write): Promise<Attempt> {
  if (one.signal === undefined) return tryOnce(parts, stored, one);
  if (one.signal.aborted) return CANCELED;
  const attempt = await inTime(tryOnce(parts, stored, one), one.signal);
  return attempt.kind === 'done' ? attempt.value : CANCELED;
}

async function tryOnce(parts: MessengerParts, stored: StoredReference, one: Write): Promise<Attempt> {
  let attempt: Attempt = { kind: 'not-sent', why: 'unreachable', status: 0, code: 'never ran', retryAfter: null };
  const logic = async (context: TurnContext): Promise<void> => {
    // Without an id, the SDK sends to the conversation instead of replying to a message that does not exist.
    delete context.activity.id;
    if (one.signal !== undefined) cancelWith(context, one.signal);
    try {
      const id = await one.write(context);
      attempt = id === '' ? { ...classifySendFailure(null), kind: 'not-sent', code: 'no id' } : { kind: 'sent', id };
    } catch (error) {
      attempt = { kind: 'not-sent', ...classifySendFailure(error) };
    }
  };
  try {
    await parts.adapter.continueConversationAsync(parts.appId, toSdkReference(stored), logic);
  } catch (error) {
    attempt = { kind: 'not-sent', ...classifySendFailure(error) };
  }
  return attempt;
}

/** Milliseconds before the next attempt: half a second, one, two, each up to a quarter longer. `null`: no further attempt. */
function pauseBefore(parts: MessengerParts, retries: number, failure: SendFailure): number | null {
  if (failure.retryAfter === null || retries >= MAX_RETRIES) return null;
  const own = 500 * 2 ** retries * (1 + parts.random() / 4);
  const pause = Math.max(own, failure.retryAfter);
  return pause > PATIENCE_MILLISECONDS ? null : Math.ceil(pause);
}

function undelivered(parts: MessengerParts, why: Undelivered): Delivery {
  parts.metrics.sent(why);
  return { kind: 'not-delivered', why };
}
