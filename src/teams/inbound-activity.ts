/**
 * The fields of an activity that the bot uses. The SDK gets an object with these fields only, never the original body.
 * A field of the wrong type makes the whole activity invalid. Names of people are not read: the token vouches for an id, but not
 * for a name.
 */
import { z } from 'zod';

const text = (max: number) => z.string().max(max);
const name = (max: number) => z.string().min(1).max(max);
const optional = <T extends z.ZodType>(schema: T) => schema.nullish().transform((value) => value ?? undefined);

const Mention = z.object({ type: z.literal('mention'), mentioned: z.object({ id: name(512) }), text: name(1024) });

export const InboundActivity = z.object({
  type: name(64),
  id: optional(name(512)),
  channelId: text(64),
  serviceUrl: optional(text(1024)),
  from: z.object({ id: name(512), aadObjectId: optional(text(64)) }),
  recipient: z.object({ id: name(512) }),
  conversation: z.object({
    id: name(1024),
    tenantId: optional(text(64)),
    conversationType: optional(text(64)),
    isGroup: optional(z.boolean()),
  }),
  channelData: optional(z.object({ tenant: optional(z.object({ id: text(64) })) })),
  text: optional(text(100_000)),
  locale: optional(text(35)),
  name: optional(text(128)),
  /** The data of a card. Untrusted, and parsed where its meaning is known (intents/read-action.ts). */
  value: z.unknown().optional(),
  replyToId: optional(text(512)),
  action: optional(text(64)),
  membersAdded: optional(z.array(z.object({ id: name(512) })).max(1000)),
  entities: optional(z.array(z.unknown()).max(200)).transform((all) =>
    all?.flatMap((entity) => {
      const mention = Mention.safeParse(entity);
      return mention.success ? [mention.data] : [];
    }),
  ),
});

/** An activity, with the fields that the bot uses. */
export type InboundActivity = z.infer<typeof InboundActivity>;
