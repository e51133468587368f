/**
 * One Server-Sent Events stream per page: the chats of the people it shows, and new ledger entries. A page gets only
 * the chats it asked for: each one complete at first, then change by change.
 */
import type { ChatChange, Chats, SeenMessage } from './chats.ts';
import { type Answer, BadCall, type Call, COMMON_HEADERS } from './http.ts';
import type { LedgerFeed } from './ledger-feed.ts';
import type { Member } from './members.ts';
import type { Reach, Reachability } from './reach.ts';

/** How often a stream without news sends a sign of life. */
const HEARTBEAT_MS = 15_000;
/** A page shows three people, so this is more than enough. */
const PEOPLE_LIMIT = 50;

/** What a stream needs. */
interface StreamParts {
  readonly members: ReadonlyMap<string, Member>;
  readonly chats: Chats;
  readonly reach: Reachability;
  readonly ledger: LedgerFeed;
}

/** A complete chat, sent once at the start. */
interface ChatSnapshot {
  readonly person: string;
  readonly messages: readonly SeenMessage[];
  readonly reach: Reach;
}

function peopleAskedFor(call: Call, members: ReadonlyMap<string, Member>): ReadonlySet<string> {
  const people = new Set((call.url.searchParams.get('people') ?? '').split(',').filter((id) => id !== ''));
  if (people.size > PEOPLE_LIMIT) throw new BadCall(400, 'TooMany', `At most ${PEOPLE_LIMIT} people.`);
  for (const id of people) if (!members.has(id)) throw new BadCall(404, 'UnknownPerson', 'No such person in Teams.');
  return people;
}

/** Opens the stream: events `chat`, `message`, `typing`, `reach`, `ledger`. Ends when the page goes away. */
export function openStream(call: Call, parts: StreamParts): Answer {
  const people = peopleAskedFor(call, parts.members);
  const { response } = call;
  response.writeHead(200, { ...COMMON_HEADERS, 'content-type': 'text/event-stream; charset=utf-8' });
  const send = (event: string, data: unknown): void => {
    response.write(`event: ${event}\ndata: ${JSON.stringify(data)}\n\n`);
  };

  const onChange = (change: ChatChange): void => {
    if (!people.has(change.person)) return;
    if (change.kind === 'typing') send('typing', { person: change.person });
    else send('message', { person: change.person, message: change.message });
  };
  const stopChats = parts.chats.watch(onChange);
  const stopReach = parts.reach.watch((person, reach) => {
    if (people.has(person)) send('reach', { person, reach });
  });
  const stopLedger = parts.ledger.follow((lines) => send('ledger', lines));
  const heartbeat = setInterval(() => response.write(': alive\n\n'), HEARTBEAT_MS);
  response.on('close', () => {
    clearInterval(heartbeat);
    stopChats();
    stopReach();
    stopLedger();
  });
  for (const person of people) {
    const reach = parts.reach.of(person);
    send('chat', { person, messages: parts.chats.seenBy(person), reach } satisfies ChatSnapshot);
  }
  return 'written';
}
