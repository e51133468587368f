/**
 * One turn of a conversation, without any type of Teams: who wrote or clicked what, where, and what is answered.
 * A pass exists only in a `PassCard`, and a PassCard can only be the answer to a click.
 */
import type { CaseId } from '../../procedure/case.ts';
import type { PersonId } from '../../procedure/facts.ts';
import type { CardPlace, ConversationKey } from './ledger.ts';
import type { CardMessage } from './messenger.ts';
import type { Deadline } from './runtime.ts';

/** Where a turn happens. Cases are worked on in personal chats only. */
export interface Where {
  readonly chat: 'personal' | 'group' | 'channel';
  readonly conversation: ConversationKey;
}

interface TurnBase {
  /** The chat and Teams' id of the activity in it. Teams may deliver the same activity twice. */
  readonly activityId: string;
  /** The Entra object id, vouched for by the token of the request. */
  readonly person: PersonId;
  readonly where: Where;
  /** The language of the person's Teams client: two letters, lower case; `en` when unknown. */
  readonly language: string;
  /** From the arrival of the request that brought the turn. The answer to a click is of no use afterwards. */
  readonly deadline: Deadline;
}

/** Somebody wrote a message. */
export interface MessageTurn extends TurnBase {
  readonly kind: 'message';
  readonly text: string;
}

/** Somebody pressed a button. `data` comes from the client and is untrusted until intents/read-action.ts has parsed it. */
export interface ActionTurn extends TurnBase {
  readonly kind: 'action';
  readonly verb: string;
  readonly data: unknown;
  /** The message that carried the button; `null` when the client does not say. */
  readonly card: CardPlace | null;
  /** Whether only the person who clicked sees the answer. Old clients send a click as a message; those get no pass. */
  readonly canShowPass: boolean;
}

/** The app was installed for a person, or they opened the chat for the first time. */
export interface InstallTurn extends TurnBase {
  readonly kind: 'install';
}

/** One turn, as teams/ passes it to casework. */
export type Turn = MessageTurn | ActionTurn | InstallTurn;

/** A message to the chat of the turn. With `cardOf`, it becomes the card of that case and is updated in place later. */
export interface Reply {
  readonly cardMessage: CardMessage;
  readonly cardOf: CaseId | null;
  /** To call when the message is in the chat: something else takes its place as soon as it is known. */
  readonly continueAt?: (place: CardPlace) => void;
}

declare const passCard: unique symbol;

/** The one card that shows a pass. It is not a CardMessage on purpose, so that no messenger accepts it. */
export interface PassCard {
  readonly [passCard]: true;
  readonly passCard: Readonly<Record<string, unknown>>;
}

/**
 * The answer to a click, which only the person who clicked sees. `show`: a card in place of the one with the button.
 * `show-pass`: the pass. `keep-card`: one line above a card that has to stay, because it shows a pass or will be updated.
 * `lost` is to be called when the answer could not be handed over: a pass is deleted then, and a card updated in the chat.
 */
export type ClickAnswer =
  | { readonly kind: 'show'; readonly cardMessage: CardMessage; readonly lost?: () => void }
  | { readonly kind: 'show-pass'; readonly passCard: PassCard; readonly lost: () => void }
  | { readonly kind: 'keep-card'; readonly cardMessage: CardMessage; readonly lost?: () => void };

/** A request that teams/ refused before a turn began. */
export interface RefusedByGuard {
  /** From a closed list: nothing that was sent. */
  readonly code: string;
  /** The HTTP status of the answer; `null` for a request that was answered, and whose activity could not be read. */
  readonly status: number | null;
}

/** What teams/ calls. Expected failures come back as answers. Only a bug throws, and teams/ then answers with an apology. */
export interface Casework {
  /** `null` when Teams delivered this message before, and it was answered then. */
  onMessage(turn: MessageTurn): Promise<readonly Reply[] | null>;
  onAction(turn: ActionTurn): Promise<ClickAnswer>;
  onInstall(turn: InstallTurn): Promise<readonly Reply[]>;
}
