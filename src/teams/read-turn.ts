/**
 * Turns an activity into a turn, which contains no type of Teams.
 * The person is identified only by the Entra object id that Teams vouches for. Without one there is no turn.
 */
import { z } from 'zod';
import type { PersonId } from '../procedure/facts.ts';
import type { InstallTurn, ActionTurn, MessageTurn, Where } from '../casework/ports/turn.ts';
import type { Deadline } from '../casework/ports/runtime.ts';
import { conversationKeyOf } from './conversation-reference.ts';
import type { InboundActivity } from './inbound-activity.ts';

/** A turn, or why the activity cannot become one. */
export type TurnReading<T> =
  | { readonly kind: 'read'; readonly turn: T }
  | { readonly kind: 'unread'; readonly why: 'no-person' | 'no-activity-id' | 'no-verb' };

/** Longer messages are cut. No request that the bot understands is that long. */
export const MAX_MESSAGE_CHARACTERS = 4_000;

const Person = z
  .guid()
  .transform((text) => text.toLowerCase() as PersonId)
  .refine((id) => id !== '00000000-0000-0000-0000-000000000000');

/** Any short text. Unknown verbs are detected and recorded later, when the click is parsed (intents/read-action.ts). */
const Verb = z.string().min(1).max(64);

const Execute = z.object({
  action: z.object({
    type: z.literal('Action.Execute').optional(),
    verb: Verb.nullish(),
    data: z.unknown().optional(),
  }),
});

/** The verb of a button that has none. */
const NO_VERB = '';

const WithVerb = z.object({ verb: Verb });

/** Whether a message is a pressed `Action.Submit` button, which has a value with a verb. */
export function isSubmit(activity: InboundActivity): boolean {
  return WithVerb.safeParse(activity.value).success;
}

/** A message. Its text is empty when it has none, as with an image or a file. */
export function readMessage(activity: InboundActivity, deadline: Deadline): TurnReading<MessageTurn> {
  const base = readBase(activity, deadline);
  if (base.kind !== 'read') return base;
  const text = (activity.text ?? '').slice(0, MAX_MESSAGE_CHARACTERS).toWellFormed().trim();
  return { kind: 'read', turn: { ...base.turn, kind: 'message', text } };
}

/** A pressed button that was sent as a message, as older clients do. */
export function readSubmitAction(activity: InboundActivity, deadline: Deadline): TurnReading<ActionTurn> {
  const value = WithVerb.safeParse(activity.value);
  if (!value.success) return { kind: 'unread', why: 'no-verb' };
  return readClick(activity, deadline, value.data.verb, activity.value);
}

/**
 * A pressed button that was sent as an invoke. The verb can be in the action or in its data; the one in the action counts. None of
 * our buttons is without a verb, so one that is gets refused and recorded like any other forged one: its sender is known.
 */
export function readExecuteAction(activity: InboundActivity, deadline: Deadline): TurnReading<ActionTurn> {
  const { verb, data } = Execute.safeParse(activity.value).data?.action ?? {};
  return readClick(activity, deadline, verb ?? WithVerb.safeParse(data).data?.verb ?? NO_VERB, data);
}

/** The app was installed, or the chat was opened. Such an activity can lack an id; the chat's id is used instead. */
export function readInstall(activity: InboundActivity, deadline: Deadline): TurnReading<InstallTurn> {
  const id = activity.id ?? `${activity.type} ${activity.conversation.id}`;
  const base = readBase({ ...activity, id }, deadline);
  return base.kind === 'read' ? { kind: 'read', turn: { ...base.turn, kind: 'install' } } : base;
}

/** The two-letter language of a locale, lower case; `en` when there is none. */
export function languageOf(locale: string | undefined): string {
  return /^([a-z]{2})(?:[-_]|$)/i.exec(locale ?? '')?.[1]?.toLowerCase() ?? 'en';
}

function readClick(
  activity: InboundActivity,
  deadline: Deadline,
  verb: string,
  data: unknown,
): TurnReading<ActionTurn> {
  const base = readBase(activity, deadline);
  if (base.kind !== 'read') return base;
  const { conversation, replyToId } = activity;
  const card = replyToId ? { conversation: conversation.id, activity: replyToId } : null;
  return {
    kind: 'read',
    turn: { ...base.turn, kind: 'action', verb, data, card, canShowPass: activity.type === 'invoke' },
  };
}

function readBase(activity: InboundActivity, deadline: Deadline): TurnReading<Omit<InstallTurn, 'kind'>> {
  const person = Person.safeParse(activity.from.aadObjectId);
  if (!person.success) return { kind: 'unread', why: 'no-person' };
  if (activity.id === undefined) return { kind: 'unread', why: 'no-activity-id' };
  const language = languageOf(activity.locale);
  return {
    kind: 'read',
    turn: {
      activityId: `${activity.conversation.id} ${activity.id}`, // Teams counts per chat: two chats can have the same id
      person: person.data,
      where: { chat: chatOf(activity), conversation: conversationKeyOf(activity, person.data, language) },
      language,
      deadline,
    },
  };
}

/** A chat of unknown kind counts as a group, because nothing confidential may be shown where others might read it. */
function chatOf({ conversation }: InboundActivity): Where['chat'] {
  if (conversation.conversationType === 'personal' && conversation.isGroup !== true) return 'personal';
  return conversation.conversationType === 'channel' ? 'channel' : 'group';
}
