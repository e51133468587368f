/**
 * The emulated Bot Framework connector, which the bot calls to write to people. It promises what Teams promises and no
 * more: an id is returned only for something a person can now see.
 */
import { z } from 'zod';
import type { CardJson, Chats } from './chats.ts';
import { answerOf, type Faults, type Operation, refusalOf } from './faults.ts';
import { type Answer, BadCall, type Call, type Route } from './http.ts';
import { asChannelAccount, chatOf, type Member, personOfAnyId, personOfChat } from './members.ts';
import type { Reachability } from './reach.ts';

/** The path of the connector; the bot gets it as its service URL. */
export const CONNECTOR_PATH = '/connector';
/** A message in Teams may hold 100 KB, counted as UTF-16. */
const MESSAGE_LIMIT_BYTES = 100 * 1024;
const CARD_TYPE = 'application/vnd.microsoft.card.adaptive';

const activityShape = z.object({
  type: z.string().max(40),
  text: z.string().nullish(),
  attachments: z.array(z.object({ contentType: z.string(), content: z.unknown() })).nullish(),
});
const conversationShape = z.object({
  members: z.array(z.object({ id: z.string().min(1) })).length(1),
  isGroup: z.boolean().nullish(),
  activity: activityShape.nullish(),
});

/** What the connector needs. */
interface ConnectorParts {
  readonly tenantId: string;
  readonly members: ReadonlyMap<string, Member>;
  readonly chats: Chats;
  readonly faults: Faults;
  /** Who has the app, and who has blocked the bot. */
  readonly reach: Reachability;
}

function parsed<T>(shape: z.ZodType<T>, body: unknown): T {
  const result = shape.safeParse(body);
  if (!result.success) throw new BadCall(400, 'BadArgument', z.prettifyError(result.error));
  return result.data;
}

function contentOf(activity: z.infer<typeof activityShape>): { text: string | null; card: CardJson | null } {
  const size = JSON.stringify(activity).length * 2;
  if (size > MESSAGE_LIMIT_BYTES) throw new BadCall(413, 'MessageSizeTooBig', `The message has ${size} bytes.`);
  const card = activity.attachments?.find((attachment) => attachment.contentType === CARD_TYPE)?.content;
  const text = activity.text ?? null;
  if (card === undefined && (text === null || text === '')) throw new BadCall(400, 'BadSyntax', 'Nothing to show.');
  return { text, card: (card as CardJson | undefined) ?? null };
}

/** The routes of the connector. */
export function connectorRoutes(parts: ConnectorParts): readonly Route[] {
  const { members, chats, faults } = parts;

  /** The member of a conversation. Throws 404 for a conversation that does not exist. */
  const memberOfChat = (conversation: string): Member => {
    const member = members.get(personOfChat(conversation) ?? '');
    if (member === undefined) throw new BadCall(404, 'ConversationNotFound', 'Conversation not found.');
    return member;
  };

  const unlessFault = async (
    operation: Operation,
    person: string,
    call: Call,
    work: () => Answer | Promise<Answer>,
  ): Promise<Answer> => {
    const fault = faults.take(person, operation);
    if (fault !== null) {
      const answer = answerOf(fault);
      if (answer !== 'hang') return answer;
      await new Promise((resolve) => call.response.once('close', resolve));
      return 'written';
    }
    return refusalOf(parts.reach.of(person)) ?? work();
  };

  const send = (member: Member, body: unknown): Answer => {
    const activity = parsed(activityShape, body);
    if (activity.type === 'typing') {
      chats.typing(member.id);
      return { status: 202 };
    }
    if (activity.type !== 'message') {
      throw new BadCall(400, 'BadArgument', `Activities of type ${activity.type} are not sent to people.`);
    }
    const message = chats.add(member.id, { from: 'bot', ...contentOf(activity) });
    return { status: 201, json: { id: message.id } };
  };

  const open = (body: unknown, call: Call): Promise<Answer> => {
    const wanted = parsed(conversationShape, body);
    const member = members.get(personOfAnyId(wanted.members[0]?.id ?? ''));
    if (member === undefined || wanted.isGroup === true) {
      throw new BadCall(400, 'BadArgument', 'Only a personal chat with somebody of this tenant can be opened.');
    }
    return unlessFault('create', member.id, call, () => {
      const activity = wanted.activity ?? null;
      const sent = activity === null ? null : send(member, activity);
      const activityId =
        sent !== null && sent !== 'written' ? (sent.json as { id: string } | undefined)?.id : undefined;
      return { status: 201, json: { id: chatOf(member.id), ...(activityId === undefined ? {} : { activityId }) } };
    });
  };

  const known = (done: boolean, status: number, id: string): Answer => {
    if (!done) throw new BadCall(404, 'ActivityNotFoundInConversation', 'The activity was not found.');
    return { status, json: { id } };
  };

  const at = (tail: string): RegExp => new RegExp(`^${CONNECTOR_PATH}/v3/conversations/([^/]+)/${tail}$`);
  const account = (member: Member): Record<string, unknown> => asChannelAccount(member, parts.tenantId);
  const listed = (call: Call, wrap: (all: Record<string, unknown>[]) => unknown): Promise<Answer> => {
    const member = memberOfChat(call.parts[0] ?? '');
    return unlessFault('members', member.id, call, () => ({ status: 200, json: wrap([account(member)]) }));
  };

  return [
    {
      method: 'POST',
      path: new RegExp(`^${CONNECTOR_PATH}/v3/conversations$`),
      handle: (call) => open(call.body, call),
    },
    {
      method: 'POST',
      path: at('activities(?:/[^/]+)?'),
      handle: (call) => {
        const member = memberOfChat(call.parts[0] ?? '');
        return unlessFault('send', member.id, call, () => send(member, call.body));
      },
    },
    {
      method: 'PUT',
      path: at('activities/([^/]+)'),
      handle: (call) => {
        const [conversation = '', id = ''] = call.parts;
        const member = memberOfChat(conversation);
        return unlessFault('replace', member.id, call, () => {
          const content = contentOf(parsed(activityShape, call.body));
          return known(chats.edit(member.id, id, content), 200, id);
        });
      },
    },
    {
      method: 'DELETE',
      path: at('activities/([^/]+)'),
      handle: (call) => {
        const [conversation = '', id = ''] = call.parts;
        const member = memberOfChat(conversation);
        return unlessFault('delete', member.id, call, () => known(chats.remove(member.id, id), 200, id));
      },
    },
    { method: 'GET', path: at('members'), handle: (call) => listed(call, (all) => all) },
    { method: 'GET', path: at('pagedmembers'), handle: (call) => listed(call, (all) => ({ members: all })) },
    {
      method: 'GET',
      path: at('members/([^/]+)'),
      handle: (call) => {
        const [conversation = '', id = ''] = call.parts;
        const member = memberOfChat(conversation);
        return unlessFault('members', member.id, call, () => {
          if (personOfAnyId(id) !== member.id) {
            throw new BadCall(404, 'MemberNotFoundInConversation', 'The member was not found.');
          }
          return { status: 200, json: account(member) };
        });
      },
    },
  ];
}
