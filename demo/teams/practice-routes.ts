/**
 * The HTTP API of the emulated Teams clients, for the practice page, the stories and outside programs. It can do what
 * a person with a Teams client could do, and it can change the settings of the emulation. It has no other access to
 * the bot.
 */
import { z } from 'zod';
import type { Chats } from './chats.ts';
import type { Delivery, DeliveryResult } from './delivery.ts';
import { FAULT_KINDS, type Faults, OPERATIONS } from './faults.ts';
import { type Answer, BadCall, type Call, type Route } from './http.ts';
import type { LedgerFeed } from './ledger-feed.ts';
import type { Member } from './members.ts';
import { type Reach, type Reachability, REACHES } from './reach.ts';
import { openStream } from './stream.ts';

const sayShape = z.strictObject({ text: z.string().min(1).max(4000) });
const pressShape = z.strictObject({
  messageId: z.string().min(1).max(100),
  type: z.enum(['Action.Execute', 'Action.Submit']).default('Action.Execute'),
  title: z.string().max(200).default(''),
  verb: z.string().max(100).default(''),
  id: z.string().max(100).nullable().default(null),
  data: z.record(z.string(), z.unknown()).default({}),
  twice: z.boolean().default(false),
});
const installationShape = z.strictObject({ action: z.enum(['add', 'remove']) });
const reachShape = z.strictObject({ reach: z.enum(REACHES) });
const faultShape = z.strictObject({
  kind: z.enum(FAULT_KINDS),
  on: z.enum(OPERATIONS).default('any'),
  times: z.int().min(1).max(1000).nullable().default(null),
  retryAfterSeconds: z.int().min(0).max(600).default(2),
});

/** What the routes need. */
interface PracticeParts {
  readonly members: ReadonlyMap<string, Member>;
  readonly chats: Chats;
  readonly faults: Faults;
  readonly delivery: Delivery;
  readonly ledger: LedgerFeed;
  readonly reach: Reachability;
  /** What the page shows at the start: people, guides, the name of the company, and where bot and tenant listen. */
  readonly pageSetup: () => Readonly<Record<string, unknown>>;
}

function bodyOf<T>(shape: z.ZodType<T>, call: Call): T {
  const result = shape.safeParse(call.body ?? {});
  if (!result.success) throw new BadCall(400, 'BadArgument', z.prettifyError(result.error));
  return result.data;
}

/** Also used when the bot is down or refuses: that is a result too, and the person sees it in their client. */
function delivered(result: DeliveryResult): Answer {
  return { status: 200, json: result };
}

/** The routes below `/teams`. */
export function practiceRoutes(parts: PracticeParts): readonly Route[] {
  const memberOf = (call: Call): Member => {
    const member = parts.members.get((call.parts[0] ?? '').toLowerCase());
    if (member === undefined) throw new BadCall(404, 'UnknownPerson', 'No such person in Teams.');
    return member;
  };
  const withApp = (call: Call): Member => {
    const member = memberOf(call);
    const reach = parts.reach.of(member.id);
    if (reach === 'no-app') throw new BadCall(409, 'NotInstalled', 'They do not have the app in Teams.');
    if (reach === 'blocked') throw new BadCall(409, 'Blocked', 'They have blocked the bot in Teams.');
    return member;
  };
  const chat = (tail: string): RegExp => new RegExp(`^/teams/chats/([0-9A-Fa-f-]{36})${tail}$`);

  const setInstalled = async (call: Call): Promise<Answer> => {
    const member = memberOf(call);
    const { action } = bodyOf(installationShape, call);
    parts.reach.set(member.id, action === 'add' ? 'has-app' : 'no-app');
    return delivered(await parts.delivery.install(member, action));
  };

  /** Teams does not tell the bot that it was blocked; the bot finds out when it writes. */
  const setReach = async (call: Call): Promise<Answer> => {
    const member = memberOf(call);
    const before: Reach = parts.reach.of(member.id);
    const { reach } = bodyOf(reachShape, call);
    parts.reach.set(member.id, reach);
    if (reach !== before && reach === 'no-app') await parts.delivery.install(member, 'remove');
    if (before === 'no-app' && reach !== before) await parts.delivery.install(member, 'add');
    return { status: 200, json: { reach } };
  };

  return [
    // This path and the keys `house` and `seats` in its answer are part of the documented HTTP contract.
    { method: 'GET', path: /^\/teams\/cast$/, handle: () => ({ status: 200, json: parts.pageSetup() }) },
    { method: 'GET', path: /^\/teams\/events$/, handle: (call) => openStream(call, parts) },
    {
      method: 'GET',
      path: chat(''),
      handle: (call) => {
        const { id } = memberOf(call);
        const standing = { reach: parts.reach.of(id), fault: parts.faults.of(id) };
        return { status: 200, json: { person: id, ...standing, messages: parts.chats.seenBy(id) } };
      },
    },
    {
      method: 'POST',
      path: chat('/messages'),
      handle: async (call) => {
        const { text } = bodyOf(sayShape, call);
        return delivered(await parts.delivery.say(withApp(call), text));
      },
    },
    {
      method: 'POST',
      path: chat('/presses'),
      handle: async (call) => {
        const { messageId, twice, ...button } = bodyOf(pressShape, call);
        return delivered(await parts.delivery.press(withApp(call), messageId, button, twice));
      },
    },
    { method: 'POST', path: chat('/installation'), handle: setInstalled },
    { method: 'PUT', path: chat('/reach'), handle: setReach },
    {
      method: 'PUT',
      path: chat('/fault'),
      handle: (call) => {
        const member = memberOf(call);
        parts.faults.set(member.id, bodyOf(faultShape, call));
        return { status: 200, json: { fault: parts.faults.of(member.id) } };
      },
    },
    {
      method: 'DELETE',
      path: chat('/fault'),
      handle: (call) => {
        parts.faults.set(memberOf(call).id, null);
        return { status: 204 };
      },
    },
    {
      method: 'GET',
      path: /^\/teams\/ledger$/,
      handle: async (call) => {
        const after = Number(call.url.searchParams.get('after') ?? '0');
        if (!Number.isSafeInteger(after) || after < 0) throw new BadCall(400, 'BadArgument', '`after` is a number.');
        return { status: 200, json: { entries: await parts.ledger.entries(after, 1000) } };
      },
    },
    {
      method: 'POST',
      path: /^\/teams\/ledger\/verify$/,
      handle: async () => ({ status: 200, json: await parts.ledger.verify() }),
    },
  ];
}
