/**
 * The text behind a ConversationKey: all that is needed to write to a chat later.
 * The one rule kept here: it is made from an accepted activity only, and read back as doubtfully as anything stored.
 */
import type { ConversationReference } from 'botbuilder';
import { z } from 'zod';
import type { ConversationKey } from '../casework/ports/ledger.ts';
import type { PersonId } from '../procedure/facts.ts';
import type { InboundActivity } from './inbound-activity.ts';

const Stored = z.object({
  channelId: z.literal('msteams'),
  serviceUrl: z.string().min(1),
  conversation: z.object({ id: z.string().min(1), conversationType: z.string(), tenantId: z.string().optional() }),
  bot: z.object({ id: z.string().min(1) }),
  user: z.object({ id: z.string().min(1), aadObjectId: z.string() }),
});

/** A reference that was read back. */
export type StoredReference = z.infer<typeof Stored>;

/** Writes down where an activity came from. The activity passed the gate; no name goes in. */
export function conversationKeyOf(activity: InboundActivity, person: PersonId, language: string): ConversationKey {
  const { conversation } = activity;
  const reference: StoredReference = {
    channelId: 'msteams',
    serviceUrl: activity.serviceUrl ?? '',
    conversation: {
      id: conversation.id,
      conversationType: conversation.conversationType ?? '',
      ...(conversation.tenantId !== undefined && { tenantId: conversation.tenantId }),
    },
    bot: { id: activity.recipient.id },
    user: { id: activity.from.id, aadObjectId: person },
  };
  return { person, reference: JSON.stringify(reference), language };
}

/** Reads a stored reference back; `null` when it is not one of ours, or not of the person it is filed under. */
export function readReference(key: ConversationKey): StoredReference | null {
  let parsed: unknown;
  try {
    parsed = JSON.parse(key.reference);
  } catch {
    return null;
  }
  const stored = Stored.safeParse(parsed);
  return stored.success && stored.data.user.aadObjectId === key.person ? stored.data : null;
}

/** The SDK's shape. It asks for fields that Teams does not need back (names, group flag). */
export function toSdkReference(stored: StoredReference): Partial<ConversationReference> {
  const { id, conversationType, tenantId } = stored.conversation;
  return {
    channelId: stored.channelId,
    serviceUrl: stored.serviceUrl,
    conversation: { id, conversationType, name: '', isGroup: false, ...(tenantId !== undefined && { tenantId }) },
    bot: { ...stored.bot, name: '' },
    user: { ...stored.user, name: '' },
  };
}
