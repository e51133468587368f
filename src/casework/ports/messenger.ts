/**
 * Sending messages to people, for casework; teams/ implements it.
 * A message counts as delivered only when Teams returned an id for it.
 */
import type { CardPlace, ConversationKey } from './ledger.ts';

/** Whether a message reached the person's chat, and why not. `canceled`: it was not wanted any more before Teams had taken it. */
export type Delivery =
  | { readonly kind: 'delivered'; readonly place: CardPlace }
  | {
      readonly kind: 'not-delivered';
      readonly why: 'not-installed' | 'blocked' | 'throttled' | 'unreachable' | 'canceled';
    };

/** A card, and the line that notifications show and screen readers read. */
export interface CardMessage {
  readonly card: AdaptiveCard;
  readonly summary: string;
}

/** An Adaptive Card as JSON, schema 1.5, with all its data filled in. */
export type AdaptiveCard = Readonly<Record<string, unknown>> & { readonly type: 'AdaptiveCard' };

/** Sends messages to people. */
export interface Messenger {
  /** Sends a card to the person's personal chat. */
  send(to: ConversationKey, cardMessage: CardMessage): Promise<Delivery>;
  /**
   * Replaces a card that was sent earlier. When `signal` aborts, it ends at once, whatever it waits for, and sends nothing any
   * more. Only a request that Teams has received by then may still have its effect.
   */
  replace(to: ConversationKey, place: CardPlace, cardMessage: CardMessage, signal?: AbortSignal): Promise<Delivery>;
}
