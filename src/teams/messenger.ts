/**
 * Writing to people outside their own turn: notices, approvals, a case card that moved on by itself.
 * The one rule kept here: delivered means the channel gave an id back. The SDK swallows failures on this path, so an
 * answer without an id is no delivery.
 */
import type { TeamsAdapter } from '@microsoft/teams-ai';
import type { TurnContext } from 'botbuilder';
import type { Log } from '../casework/ports/log.ts';
import type { CardPlace, ConversationKey } from '../casework/ports/ledger.ts';
import type { Delivery, CardMessage, Messenger } from '../casework/ports/messenger.ts';
import { readReference, toSdkReference } from './conversation-reference.ts';
import type { StoredReference } from './conversation-reference.ts';
import type { Metrics } from './metrics.ts';
import type { RateLimit } from './rate-limit.ts';
import { classifySendFailure } from './send-failure.ts';
import type { SendFailure } from './send-failure.ts';
import type { ServiceUrlRule } from './service-url.ts';
import { acceptsServiceUrl } from './service-url.ts';
import { messageOf, replacementOf } from './write-reply.ts';

/** Attempts after the first, for answers that Microsoft says may be repeated. */
export const MAX_RETRIES = 3;
/** Milliseconds a message waits for its turn, or for a throttled channel, before it is given up. */
export const PATIENCE_MILLISECONDS = 30_000;

/** What the messenger works with. */
export interface MessengerParts {
  readonly adapter: TeamsAdapter;
  readonly appId: string;
  readonly serviceUrls: ServiceUrlRule;
  readonly rateLimit: RateLimit;
  /** Milliseconds, any origin. */
  readonly now: () => number;
  readonly wait: (milliseconds: number) => Promise<void>;
  /** 0 to 1, for spreading retries. */
  readonly random: () => number;
  readonly metrics: Metrics;
  readonly log: Log;
}

type Attempt = { readonly kind: 'sent'; readonly id: string } | ({ readonly kind: 'not-sent' } & SendFailure);
type Undelivered = Extract<Delivery, { kind: 'not-delivered' }>['why'];

/** Builds the messenger. It never throws for anything the channel can answer. */
export function createMessenger(parts: MessengerParts): Messenger {
  return {
    send: (to, cardMessage) =>
      deliver(parts, to, null, async (context) => (await context.sendActivity(messageOf(cardMessage)))?.id ?? ''),
    replace: (to, place, cardMessage) => deliver(parts, to, place, (context) => update(context, place, cardMessage)),
  };
}

/** The channel may answer an update without an id; then the message keeps the one it has. */
async function update(context: TurnContext, place: CardPlace, cardMessage: CardMessage): Promise<string> {
  await context.updateActivity(replacementOf(cardMessage, place.activity));
  return place.activity;
}

async function deliver(
  parts: MessengerParts,
  to: ConversationKey,
  place: CardPlace | null,
  write: (context: TurnContext) => Promise<string>,
): Promise<Delivery> {
  const reference = readReference(to);
  const why = reference === null ? 'the reference is unreadable' : whyNotWritable(parts, reference, place);
  if (reference === null || why !== null) {
    parts.log.error({ why: why ?? '' }, 'a chat cannot be written to');
    return undelivered(parts, 'unreachable');
  }
  for (let retries = 0; ; retries += 1) {
    const delay = parts.rateLimit.take(reference.conversation.id, parts.now(), PATIENCE_MILLISECONDS);
    if (delay === null) return undelivered(parts, 'throttled');
    if (delay > 0) await parts.wait(delay);
    const attempt = await tryOnce(parts, reference, write);
    if (attempt.kind === 'sent') {
      parts.metrics.sent('delivered');
      return { kind: 'delivered', place: { conversation: reference.conversation.id, activity: attempt.id } };
    }
    parts.log.warn({ why: attempt.why, status: attempt.status, code: attempt.code, retries }, 'not delivered');
    const pause = pauseBefore(parts, retries, attempt);
    if (pause === null) return undelivered(parts, attempt.why);
    await parts.wait(pause);
  }
}

/** A stored reference is checked like a fresh one: whoever could write to the store must not get the bot's token. */
function whyNotWritable(parts: MessengerParts, stored: StoredReference, place: CardPlace | null): string | null {
  if (!acceptsServiceUrl(parts.serviceUrls, stored.serviceUrl)) return 'the service address is not accepted';
  if (stored.conversation.conversationType !== 'personal') return 'the chat is not personal';
  if (place !== null && place.conversation !== stored.conversation.id) return 'the card stands in another chat';
  return null;
}

async function tryOnce(
  parts: MessengerParts,
  stored: StoredReference,
  write: (context: TurnContext) => Promise<string>,
): Promise<Attempt> {
  let attempt: Attempt = { kind: 'not-sent', why: 'unreachable', status: 0, code: 'never ran', retryAfter: null };
  const logic = async (context: TurnContext): Promise<void> => {
    // Without an id the SDK sends to the conversation, not "in reply" to a message that never was.
    delete context.activity.id;
    try {
      const id = await write(context);
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

/** Milliseconds before the next attempt; `null` when there is none. Half a second, one, two, spread by a quarter. */
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
