/**
 * Turns card messages into activities, and the answers to clicks into the bodies of invoke responses.
 * A PassCard can only become the body of the answer to a click.
 */
import type { Activity } from 'botbuilder';
import type { AdaptiveCard, CardMessage } from '../casework/ports/messenger.ts';
import type { PassCard } from '../casework/ports/turn.ts';

const CARD = 'application/vnd.microsoft.card.adaptive';

/** The body of an invoke response. The HTTP status is always 200, because Teams shows nothing otherwise. */
export interface InvokeBody {
  readonly statusCode: number;
  readonly type: string;
  readonly value: unknown;
}

/** A message with one card and no text: with both, Teams makes two messages and returns no id. */
export function messageOf(cardMessage: CardMessage): Partial<Activity> {
  return {
    type: 'message',
    summary: cardMessage.summary,
    attachments: [{ contentType: CARD, content: cardMessage.card }],
  };
}

/** The update of a message that was sent before. */
export function replacementOf(cardMessage: CardMessage, activityId: string): Partial<Activity> {
  return { ...messageOf(cardMessage), id: activityId };
}

/** Shows a card to the person who clicked, in place of the one with the button. */
export function showCard(card: AdaptiveCard): InvokeBody {
  return { statusCode: 200, type: CARD, value: card };
}

/** Shows the pass to the person who clicked, and to nobody else. The only function that reads a PassCard. */
export function showPass(pass: PassCard): InvokeBody {
  return { statusCode: 200, type: CARD, value: pass.passCard };
}

/** Shows a line above the card, which stays as it is. */
export function showLine(line: string): InvokeBody {
  return { statusCode: 200, type: 'application/vnd.microsoft.activity.message', value: line };
}

/** Refuses a click that none of our cards can have sent. */
export function refuseClick(code: string): InvokeBody {
  return {
    statusCode: 400,
    type: 'application/vnd.microsoft.error',
    value: { code, message: 'This button was not understood.' },
  };
}

/** An empty answer to invokes that the bot does not support, in the format that each of them expects. */
export function declineInvoke(name: string | undefined): InvokeBody | undefined {
  if (name === 'application/search') {
    return { statusCode: 200, type: 'application/vnd.microsoft.search.searchResponse', value: { results: [] } };
  }
  return name?.startsWith('adaptiveCard/') === true ? refuseClick('NotSupported') : undefined;
}
