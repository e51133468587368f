/**
 * Writing to people outside their own turn.
 * A message counts as delivered only when the channel gave it an id.
 */
import type { CardPlace, ConversationKey } from './ledger.ts';

/** What became of a message to a person. Delivered only with the channel's own id. */
export type Delivery =
  | { readonly kind: 'delivered'; readonly place: CardPlace }
  | { readonly kind: 'not-delivered'; readonly why: 'not-installed' | 'blocked' | 'throttled' | 'unreachable' };

/** A card and the line that notifications and screen readers get. */
export interface CardMessage {
  readonly card: AdaptiveCard;
  readonly summary: string;
}

/** Adaptive Card JSON, schema 1.5, expanded. */
export type AdaptiveCard = Readonly<Record<string, unknown>> & { readonly type: 'AdaptiveCard' };

/** Writing to people outside their own turn. */
export interface Messenger {
  /** Sends to the person's personal chat. */
  send(to: ConversationKey, cardMessage: CardMessage): Promise<Delivery>;
  /** Replaces a card that was sent earlier. */
  replace(to: ConversationKey, place: CardPlace, cardMessage: CardMessage): Promise<Delivery>;
}
