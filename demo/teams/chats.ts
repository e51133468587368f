/**
 * What every person sees in their personal chat with the bot, kept in memory only. The answer to a click changes the
 * view of the person who clicked; an edit by the bot changes it for everybody, and wins. Teams works this way, and
 * keeping a pass to one person depends on it.
 */

/** An Adaptive Card as the bot sent it. */
export type CardJson = Readonly<Record<string, unknown>>;

/** One message as one person sees it now. */
export interface SeenMessage {
  readonly id: string;
  readonly from: 'bot' | 'person';
  /** Milliseconds since 1970. */
  readonly at: number;
  readonly text: string | null;
  readonly card: CardJson | null;
  /** A line below the card: the answer to the last click, if it was not a card. */
  readonly notice: { readonly kind: 'info' | 'error'; readonly text: string } | null;
  /** `private`: the card is the answer to this person's click; `edited`: the bot replaced it. */
  readonly standing: 'as-sent' | 'edited' | 'private';
  /** Grows with every change of this message. */
  readonly revision: number;
  readonly deleted: boolean;
}

/** What happened in a chat. */
export type ChatChange =
  | { readonly kind: 'message'; readonly person: string; readonly message: SeenMessage }
  | { readonly kind: 'typing'; readonly person: string };

/** The most messages a chat keeps; older ones are dropped. */
const TRANSCRIPT_LIMIT = 300;

/** What a person sees after a click: another card in place of the old one, or a line below it. */
type ClickAnswer =
  | { readonly kind: 'card'; readonly card: CardJson }
  | { readonly kind: 'notice'; readonly notice: SeenMessage['notice'] };

/** All personal chats. */
export interface Chats {
  /** The transcript, oldest first. */
  seenBy(person: string): readonly SeenMessage[];
  add(person: string, message: { from: 'bot' | 'person'; text: string | null; card: CardJson | null }): SeenMessage;
  /** The bot edits its message, for everybody. `false` when there is no such message. */
  edit(person: string, id: string, to: { text: string | null; card: CardJson | null }): boolean;
  /** The bot deletes its message. `false` when there is no such message. */
  remove(person: string, id: string): boolean;
  /** The answer to a click: for this person only. */
  answerClick(person: string, id: string, answer: ClickAnswer): void;
  typing(person: string): void;
  /** Calls back on every change until the returned function is called. */
  watch(onChange: (change: ChatChange) => void): () => void;
}

/** Creates the chats of an emulated Teams. `now` in milliseconds since 1970. */
export function createChats(now: () => number): Chats {
  const transcripts = new Map<string, SeenMessage[]>();
  const watchers = new Set<(change: ChatChange) => void>();
  let lastId = 0;

  /** As in Teams, an id is the time in milliseconds as text. Two messages never get the same one. */
  const nextId = (): string => {
    lastId = Math.max(now(), lastId + 1);
    return String(lastId);
  };
  const notify = (change: ChatChange): void => watchers.forEach((watcher) => watcher(change));

  const change = (person: string, id: string, by: (message: SeenMessage) => Partial<SeenMessage>): boolean => {
    const transcript = transcripts.get(person) ?? [];
    const index = transcript.findIndex((message) => message.id === id && message.from === 'bot');
    const old = transcript[index];
    if (old === undefined || old.deleted) return false;
    const message = { ...old, ...by(old), revision: old.revision + 1 };
    transcript[index] = message;
    notify({ kind: 'message', person, message });
    return true;
  };

  return {
    seenBy: (person) => [...(transcripts.get(person) ?? [])],
    add: (person, { from, text, card }) => {
      const message: SeenMessage = {
        ...{ id: nextId(), from, at: now(), text, card },
        ...{ notice: null, standing: 'as-sent', revision: 1, deleted: false },
      };
      const transcript = [...(transcripts.get(person) ?? []), message].slice(-TRANSCRIPT_LIMIT);
      transcripts.set(person, transcript);
      notify({ kind: 'message', person, message });
      return message;
    },
    edit: (person, id, to) => change(person, id, () => ({ ...to, notice: null, standing: 'edited' })),
    remove: (person, id) => change(person, id, () => ({ text: null, card: null, notice: null, deleted: true })),
    answerClick: (person, id, answer) => {
      change(person, id, () =>
        answer.kind === 'card' ? { card: answer.card, notice: null, standing: 'private' } : { notice: answer.notice },
      );
    },
    typing: (person) => notify({ kind: 'typing', person }),
    watch: (onChange) => {
      watchers.add(onChange);
      return () => watchers.delete(onChange);
    },
  };
}
