/**
 * The Messenger port over chats in memory: who sees which card now, and which cards they saw before and may still press.
 */
import type { CardPlace } from '../../src/casework/ports/ledger.ts';
import type { AdaptiveCard, Delivery, CardMessage, Messenger } from '../../src/casework/ports/messenger.ts';
import type { PersonId } from '../../src/procedure/facts.ts';
import type { SeenCard } from '../../demo/stories/card-reading.ts';

/** One message in somebody's chat. */
export interface Message {
  readonly place: CardPlace;
  /** What stands there now. */
  card: SeenCard;
  /** What stood there before: an old client may show it still. */
  readonly earlier: SeenCard[];
}

/** Everybody's chats with the bot. */
export interface Chats {
  readonly messenger: Messenger;
  of(person: PersonId): readonly Message[];
  /** The bot's answer in the person's own turn. */
  put(person: PersonId, card: SeenCard): Message;
  /** Shows another card in place of one. */
  turnInto(message: Message, card: SeenCard): void;
  /** Everybody tidies up. */
  clear(): void;
}

/** `away` holds who cannot be reached; `onCard` sees every card that goes out, before it does. */
export function createChats(away: ReadonlySet<PersonId>, onCard: (card: AdaptiveCard) => void): Chats {
  const chats = new Map<PersonId, Message[]>();
  let count = 0;
  const put = (person: PersonId, card: SeenCard): Message => {
    count += 1;
    const message: Message = { place: { conversation: person, activity: `m${count}` }, card, earlier: [] };
    chats.set(person, [...(chats.get(person) ?? []), message]);
    return message;
  };
  const turnInto = (message: Message, card: SeenCard): void => {
    message.earlier.push(message.card);
    message.card = card;
  };
  const deliver = (person: PersonId, { card }: CardMessage, to: () => Message): Delivery => {
    onCard(card);
    return away.has(person)
      ? { kind: 'not-delivered', why: 'not-installed' }
      : { kind: 'delivered', place: to().place };
  };
  return {
    of: (person) => chats.get(person) ?? [],
    put,
    turnInto,
    clear: () => chats.clear(),
    messenger: {
      send: async ({ person }, cardMessage) => deliver(person, cardMessage, () => put(person, cardMessage.card)),
      replace: async ({ person }, place, cardMessage) =>
        deliver(person, cardMessage, () => {
          const message = (chats.get(person) ?? []).find((one) => one.place.activity === place.activity);
          if (message === undefined) throw new Error('a card was replaced that was never sent');
          turnInto(message, cardMessage.card);
          return message;
        }),
    },
  };
}
