/**
 * Letters into activities, answers into invoke bodies.
 * The one rule kept here: a PassLetter has exactly one way out, the body of the answer to a click.
 */
import type { Activity } from 'botbuilder';
import type { AdaptiveCard, Letter } from '../casework/ports.ts';
import type { PassLetter } from '../casework/turn.ts';

const CARD = 'application/vnd.microsoft.card.adaptive';

/** The body of an invoke's answer. The HTTP status is 200 whatever it says: Teams shows nothing of any other. */
export interface InvokeBody {
  readonly statusCode: number;
  readonly type: string;
  readonly value: unknown;
}

/** A message that is one card. No text: Teams splits text and card into two messages and then returns no id. */
export function messageOf(letter: Letter): Partial<Activity> {
  return { type: 'message', summary: letter.summary, attachments: [{ contentType: CARD, content: letter.card }] };
}

/** The same card for a message that stands already. */
export function replacementOf(letter: Letter, activityId: string): Partial<Activity> {
  return { ...messageOf(letter), id: activityId };
}

/** Shows a card to the clicker, in place of the one pressed. */
export function showCard(card: AdaptiveCard): InvokeBody {
  return { statusCode: 200, type: CARD, value: card };
}

/** Shows the pass to the clicker alone. The only function that reads a PassLetter. */
export function showPass(letter: PassLetter): InvokeBody {
  return { statusCode: 200, type: CARD, value: letter.passCard };
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
