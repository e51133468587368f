/** Every version of every card a technician saw, with its time. The chats themselves keep only the newest version. */
import { readCard, type ReadCard } from '../../demo/stories/card-reading.ts';
import type { Chats } from '../../demo/teams/chats.ts';

/** One version of one card. */
export interface CardVersion {
  /** The clock's milliseconds. */
  readonly at: number;
  readonly person: string;
  readonly message: string;
  readonly card: ReadCard;
}

/** The log. */
export interface ChatLog {
  /** The versions of one message, oldest first. */
  versionsOf(person: string, message: string): readonly CardVersion[];
  /** Resolves with the first version, seen already or still to come, that `wanted` accepts; `null` when `patience` is over. */
  until(
    person: string,
    message: string,
    wanted: (card: ReadCard) => boolean,
    patience: Promise<unknown>,
  ): Promise<CardVersion | null>;
  /** All versions of all cards. */
  all(): readonly CardVersion[];
  close(): void;
}

/** Follows the chats from now on. */
export function followChats(chats: Chats, now: () => number): ChatLog {
  const versions = new Map<string, CardVersion[]>();
  const waiting = new Set<() => void>();
  const key = (person: string, message: string): string => `${person} ${message}`;
  const stop = chats.watch((change) => {
    if (change.kind !== 'message' || change.message.card === null || change.message.from !== 'bot') return;
    const { person, message } = change;
    const list = versions.get(key(person, message.id)) ?? [];
    list.push({ at: now(), person, message: message.id, card: readCard(change.message.card) });
    versions.set(key(person, message.id), list);
    for (const wake of [...waiting]) wake();
  });
  const versionsOf = (person: string, message: string): readonly CardVersion[] =>
    versions.get(key(person, message)) ?? [];
  return {
    versionsOf,
    until(person, message, wanted, patience) {
      return new Promise((resolve) => {
        const look = (): void => {
          const found = versionsOf(person, message).find(({ card }) => wanted(card));
          if (found !== undefined) done(found);
        };
        const done = (found: CardVersion | null): void => {
          waiting.delete(look);
          resolve(found);
        };
        waiting.add(look);
        void patience.then(() => done(null));
        look();
      });
    },
    all: () => [...versions.values()].flat(),
    close: () => {
      stop();
    },
  };
}
