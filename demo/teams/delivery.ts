/**
 * Delivers what people do to the bot: it builds the activities that the Teams client would send, and brings back the
 * answer to a click. Each activity matches a real one field by field, so that the bot cannot tell the difference.
 */
import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import type { CardJson, Chats } from './chats.ts';
import { BOT_ID, BOT_NAME, chatOf, type Member, mriOf } from './members.ts';

/** After about this time Teams gives up on an invoke and shows the person an error. */
const INVOKE_LIMIT_MS = 15_000;
const UNREACHABLE = 'Unable to reach app. Please try again.';
const CARD_TYPE = 'application/vnd.microsoft.card.adaptive';
const TEXT_TYPE = 'application/vnd.microsoft.activity.message';
const ANSWER_LIMIT_CHARS = 1_000_000;

/** A pressed button, as the client describes it. */
interface PressedButton {
  readonly type: 'Action.Execute' | 'Action.Submit';
  readonly title: string;
  readonly verb: string;
  readonly id: string | null;
  /** The button's data with the inputs merged in. */
  readonly data: Readonly<Record<string, unknown>>;
}

/** What the client got as an answer. `httpStatus` 0: no answer at all. */
export interface DeliveryResult {
  readonly httpStatus: number;
  /** For a click: the kind of answer; `null` for messages and installations. */
  readonly answer: 'card' | 'message' | 'error' | 'nothing' | null;
}

/** What delivery needs. */
interface DeliveryParts {
  readonly botEndpoint: () => string;
  readonly serviceUrl: () => string;
  readonly tenantId: string;
  readonly chats: Chats;
  readonly now: () => number;
}

/** What people do in their client. */
export interface Delivery {
  say(member: Member, text: string): Promise<DeliveryResult>;
  /** `twice` delivers the same activity a second time at once, as Teams does after a slow answer. */
  press(member: Member, messageId: string, button: PressedButton, twice?: boolean): Promise<DeliveryResult>;
  install(member: Member, action: 'add' | 'remove'): Promise<DeliveryResult>;
}

const answerShape = z.object({ statusCode: z.number().int(), type: z.string(), value: z.unknown().optional() });

/** What an invoke answer means to the client. */
type InvokeAnswer =
  { readonly kind: 'card'; readonly card: CardJson } | { readonly kind: 'message' | 'error'; readonly notice: string };

/** Reads an invoke answer as the client does: anything unknown is shown to the person as an error. */
function readInvokeAnswer(status: number, body: string): InvokeAnswer {
  if (status !== 200 || body.length > ANSWER_LIMIT_CHARS) return { kind: 'error', notice: UNREACHABLE };
  let json: unknown;
  try {
    json = JSON.parse(body);
  } catch {
    return { kind: 'error', notice: UNREACHABLE };
  }
  const read = answerShape.safeParse(json);
  if (!read.success) return { kind: 'error', notice: UNREACHABLE };
  const { statusCode, type, value } = read.data;
  if (statusCode === 200 && type === CARD_TYPE && typeof value === 'object' && value !== null) {
    return { kind: 'card', card: value as CardJson };
  }
  if (statusCode === 200 && type === TEXT_TYPE && typeof value === 'string') return { kind: 'message', notice: value };
  const message = z.object({ message: z.string() }).safeParse(value);
  return { kind: 'error', notice: message.success ? message.data.message : UNREACHABLE };
}

/** Creates the delivery. */
export function createDelivery(parts: DeliveryParts): Delivery {
  const base = (member: Member): Record<string, unknown> => ({
    id: `f:${randomUUID()}`,
    timestamp: new Date(parts.now()).toISOString(),
    localTimestamp: new Date(parts.now()).toISOString(),
    channelId: 'msteams',
    serviceUrl: parts.serviceUrl(),
    from: { id: mriOf(member.id), name: member.name, aadObjectId: member.id },
    recipient: { id: BOT_ID, name: BOT_NAME },
    conversation: { id: chatOf(member.id), conversationType: 'personal', tenantId: parts.tenantId },
    channelData: { tenant: { id: parts.tenantId } },
    locale: 'en-US',
    entities: [{ type: 'clientInfo', locale: 'en-US', country: 'US', platform: 'Web', timezone: 'Europe/Berlin' }],
  });

  /** One POST. Resolves with status 0 when the bot did not answer in time or at all. */
  const deliver = async (activity: Record<string, unknown>): Promise<{ status: number; body: string }> => {
    try {
      const response = await fetch(parts.botEndpoint(), {
        method: 'POST',
        headers: { 'content-type': 'application/json; charset=utf-8' },
        body: JSON.stringify(activity),
        signal: AbortSignal.timeout(INVOKE_LIMIT_MS),
      });
      return { status: response.status, body: await response.text() };
    } catch (error) {
      return { status: 0, body: (error as Error).message }; // the person sees an error; the bot logs its own
    }
  };

  return {
    say: async (member, text) => {
      parts.chats.add(member.id, { from: 'person', text, card: null });
      const { status } = await deliver({ ...base(member), type: 'message', text, textFormat: 'plain' });
      return { httpStatus: status, answer: null };
    },

    press: async (member, messageId, button, twice = false) => {
      const activity = { ...base(member), replyToId: messageId };
      if (button.type === 'Action.Submit') {
        const { status } = await deliver({ ...activity, type: 'message', value: button.data });
        return { httpStatus: status, answer: null };
      }
      const action = { type: button.type, id: button.id ?? '', title: button.title, verb: button.verb };
      const invoke = {
        ...activity,
        type: 'invoke',
        name: 'adaptiveCard/action',
        value: { action: { ...action, data: button.data }, trigger: 'manual' },
      };
      const [first] = await Promise.all([deliver(invoke), ...(twice ? [deliver(invoke)] : [])]);
      const answer = readInvokeAnswer(first.status, first.body);
      if (answer.kind === 'card') parts.chats.answerClick(member.id, messageId, answer);
      else {
        const notice = { kind: answer.kind === 'error' ? 'error' : 'info', text: answer.notice } as const;
        parts.chats.answerClick(member.id, messageId, { kind: 'notice', notice });
      }
      return { httpStatus: first.status, answer: answer.kind };
    },

    install: async (member, action) => {
      const installed = await deliver({ ...base(member), type: 'installationUpdate', action });
      if (action === 'remove') return { httpStatus: installed.status, answer: null };
      const added = await deliver({ ...base(member), type: 'conversationUpdate', membersAdded: [{ id: BOT_ID }] });
      return { httpStatus: added.status, answer: null };
    },
  };
}
