/**
 * Activity in, turn out: from here on no Teams type exists.
 * The one rule kept here: who speaks is the Entra object id the channel vouched for, and nothing else; where there is
 * none, there is no turn.
 */
import { z } from 'zod';
import type { PersonId } from '../procedure/facts.ts';
import type { InstallTurn, ActionTurn, MessageTurn, Where } from '../casework/ports/turn.ts';
import { conversationKeyOf } from './conversation-reference.ts';
import type { InboundActivity } from './inbound-activity.ts';

/** A turn, or why the activity is none. */
export type TurnReading<T> =
  | { readonly kind: 'read'; readonly turn: T }
  | { readonly kind: 'unread'; readonly why: 'no-person' | 'no-activity-id' | 'no-verb' };

/** Longer messages are cut: nothing the procedure understands is that long. */
export const MAX_MESSAGE_CHARACTERS = 4_000;

const Person = z
  .guid()
  .transform((text) => text.toLowerCase() as PersonId)
  .refine((id) => id !== '00000000-0000-0000-0000-000000000000');

/** Any short text: what is no verb of ours is told apart, and written down, where presses are read. */
const Verb = z.string().min(1).max(64);

const Execute = z.object({
  action: z.object({
    type: z.literal('Action.Execute').optional(),
    verb: Verb.nullish(),
    data: z.unknown().optional(),
  }),
});

const WithVerb = z.object({ verb: Verb });

/** True for a message that is a pressed `Action.Submit` button: it carries a value with a verb. */
export function isSubmit(activity: InboundActivity): boolean {
  return WithVerb.safeParse(activity.value).success;
}

/** A message. Without text (a picture, a file) it says the empty text. */
export function readMessage(activity: InboundActivity): TurnReading<MessageTurn> {
  const base = readBase(activity);
  if (base.kind !== 'read') return base;
  const text = (activity.text ?? '').slice(0, MAX_MESSAGE_CHARACTERS).toWellFormed().trim();
  return { kind: 'read', turn: { ...base.turn, kind: 'message', text } };
}

/** A pressed button that came as a message (older clients). */
export function readSubmitAction(activity: InboundActivity): TurnReading<ActionTurn> {
  const value = WithVerb.safeParse(activity.value);
  return value.success ? readPressed(activity, value.data.verb, activity.value) : { kind: 'unread', why: 'no-verb' };
}

/** A pressed button that came as an invoke. The verb may stand in the action or in its data; the action wins. */
export function readExecuteAction(activity: InboundActivity): TurnReading<ActionTurn> {
  const value = Execute.safeParse(activity.value);
  if (!value.success) return { kind: 'unread', why: 'no-verb' };
  const { verb, data } = value.data.action;
  const said = verb ?? WithVerb.safeParse(data).data?.verb;
  return said === undefined ? { kind: 'unread', why: 'no-verb' } : readPressed(activity, said, data);
}

/** The app was installed, or the chat was opened. These come without an id at times; the chat stands in for it. */
export function readInstall(activity: InboundActivity): TurnReading<InstallTurn> {
  const id = activity.id ?? `${activity.type} ${activity.conversation.id}`;
  const base = readBase({ ...activity, id });
  return base.kind === 'read' ? { kind: 'read', turn: { ...base.turn, kind: 'install' } } : base;
}

/** Two-letter language of a locale, lower case; `en` when there is none to be had. */
export function languageOf(locale: string | undefined): string {
  return /^([a-z]{2})(?:[-_]|$)/i.exec(locale ?? '')?.[1]?.toLowerCase() ?? 'en';
}

function readPressed(activity: InboundActivity, verb: string, data: unknown): TurnReading<ActionTurn> {
  const base = readBase(activity);
  if (base.kind !== 'read') return base;
  const { conversation, replyToId } = activity;
  const card = replyToId ? { conversation: conversation.id, activity: replyToId } : null;
  return {
    kind: 'read',
    turn: { ...base.turn, kind: 'action', verb, data, card, canShowPass: activity.type === 'invoke' },
  };
}

function readBase(activity: InboundActivity): TurnReading<Omit<InstallTurn, 'kind'>> {
  const person = Person.safeParse(activity.from.aadObjectId);
  if (!person.success) return { kind: 'unread', why: 'no-person' };
  if (activity.id === undefined) return { kind: 'unread', why: 'no-activity-id' };
  const language = languageOf(activity.locale);
  return {
    kind: 'read',
    turn: {
      activityId: activity.id,
      person: person.data,
      where: { chat: chatOf(activity), conversation: conversationKeyOf(activity, person.data, language) },
      language,
    },
  };
}

/** A chat of unknown kind is a group: nothing confidential is shown where we do not know who reads. */
function chatOf({ conversation }: InboundActivity): Where['chat'] {
  if (conversation.conversationType === 'personal' && conversation.isGroup !== true) return 'personal';
  return conversation.conversationType === 'channel' ? 'channel' : 'group';
}
