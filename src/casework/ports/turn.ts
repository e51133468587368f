/**
 * One turn of a conversation, free of any Teams type: who, where, and what was said or pressed; and what is answered.
 * The pass travels only in a `PassCard`, and a PassCard fits only into the answer to a click.
 */
import type { CaseId } from '../../procedure/case.ts';
import type { PersonId } from '../../procedure/facts.ts';
import type { CardPlace, ConversationKey } from './ledger.ts';
import type { CardMessage } from './messenger.ts';

/** Where a turn happens. Cases live in personal chats only. */
export interface Where {
  readonly chat: 'personal' | 'group' | 'channel';
  readonly conversation: ConversationKey;
}

interface TurnBase {
  /** The channel's id of the activity; the channel may deliver it twice. */
  readonly activityId: string;
  /** Proven by the channel's token: the Entra object id. */
  readonly person: PersonId;
  readonly where: Where;
  /** Two-letter language of the client, lower case; `en` when unknown. */
  readonly language: string;
}

/** Somebody wrote a message. */
export interface MessageTurn extends TurnBase {
  readonly kind: 'message';
  readonly text: string;
}

/** Somebody pressed a button. `data` is the client's word: parsed and doubted in intents/pressed. */
export interface ActionTurn extends TurnBase {
  readonly kind: 'action';
  readonly verb: string;
  readonly data: unknown;
  /** The message that carried the button; `null` when the client does not say. */
  readonly card: CardPlace | null;
  /** Whether the answer reaches the clicker alone. Old clients send a press as a message: no pass is made for those. */
  readonly canShowPass: boolean;
}

/** The app was installed for a person, or the person opened the chat for the first time. */
export interface InstallTurn extends TurnBase {
  readonly kind: 'install';
}

/** One turn, as teams/ hands it over. */
export type Turn = MessageTurn | ActionTurn | InstallTurn;

/** A message to the chat of the turn; `cardOf` binds the message to a case, so that it is updated in place later. */
export interface Reply {
  readonly cardMessage: CardMessage;
  readonly cardOf: CaseId | null;
}

declare const passCard: unique symbol;

/** The one card that shows a pass. Not a Letter on purpose: no messenger accepts it. */
export interface PassCard {
  readonly [passCard]: true;
  readonly passCard: Readonly<Record<string, unknown>>;
}

/**
 * The answer to a click, shown to the clicker alone: a card in place of the one pressed, the pass, or one line above a
 * card that must stay as it is, because a pass stands on it.
 */
export type ClickAnswer =
  | { readonly kind: 'show'; readonly cardMessage: CardMessage }
  | { readonly kind: 'show-pass'; readonly passCard: PassCard }
  | { readonly kind: 'keep-card'; readonly cardMessage: CardMessage };

/** What teams/ calls. Each never throws for anything the procedure can expect; a bug throws and is answered with an apology. */
export interface Casework {
  /** `null`: the channel delivered this message before, and it was answered then. */
  onMessage(turn: MessageTurn): Promise<readonly Reply[] | null>;
  onAction(turn: ActionTurn): Promise<ClickAnswer>;
  onInstall(turn: InstallTurn): Promise<readonly Reply[]>;
}
