/**
 * The text in a ConversationKey: everything needed to write to a chat later.
 * It is made only from an activity that the request guard accepted, and is validated again when it is read back.
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

/** A reference that was read back and is valid. */
export type StoredReference = z.infer<typeof Stored>;

/** Builds the key from an accepted activity. It contains no name. */
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

/** Reads a stored reference; `null` when it is not one of ours, or belongs to another person than the key says. */
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

/** The reference in the SDK's format, which asks for fields that Teams does not need (names, group flag). */
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
