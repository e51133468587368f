/**
 * Letters into activities, answers into invoke bodies.
 * The one rule kept here: a PassLetter has exactly one way out, the body of the answer to a click.
 */
import type { Activity } from 'botbuilder';
import type { AdaptiveCard, CardMessage } from '../casework/ports/messenger.ts';
import type { PassCard } from '../casework/ports/turn.ts';

const CARD = 'application/vnd.microsoft.card.adaptive';

/** The body of an invoke's answer. The HTTP status is 200 whatever it says: Teams shows nothing of any other. */
export interface InvokeBody {
  readonly statusCode: number;
  readonly type: string;
  readonly value: unknown;
}

/** A message that is one card. No text: Teams splits text and card into two messages and then returns no id. */
export function messageOf(cardMessage: CardMessage): Partial<Activity> {
  return {
    type: 'message',
    summary: cardMessage.summary,
    attachments: [{ contentType: CARD, content: cardMessage.card }],
  };
}

/** The same card for a message that stands already. */
export function replacementOf(cardMessage: CardMessage, activityId: string): Partial<Activity> {
  return { ...messageOf(cardMessage), id: activityId };
}

/** Shows a card to the clicker, in place of the one pressed. */
export function showCard(card: AdaptiveCard): InvokeBody {
  return { statusCode: 200, type: CARD, value: card };
}

/** Shows the pass to the clicker alone. The only function that reads a PassLetter. */
export function showPass(cardMessage: PassCard): InvokeBody {
  return { statusCode: 200, type: CARD, value: cardMessage.passCard };
}

/** Shows a line above the card and leaves the card as it is. */
export function showLine(line: string): InvokeBody {
  return { statusCode: 200, type: 'application/vnd.microsoft.activity.message', value: line };
}

/** Refuses a click that no card of ours can have sent. */
export function refuseClick(code: string): InvokeBody {
  return {
    statusCode: 400,
    type: 'application/vnd.microsoft.error',
    value: { code, message: 'This button was not understood.' },
  };
}

/** An empty answer for the invokes the bot does not offer, in the shape each of them expects. */
export function declineInvoke(name: string | undefined): InvokeBody | undefined {
  if (name === 'application/search') {
    return { statusCode: 200, type: 'application/vnd.microsoft.search.searchResponse', value: { results: [] } };
  }
  return name?.startsWith('adaptiveCard/') === true ? refuseClick('NotSupported') : undefined;
}
