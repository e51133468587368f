/**
 * Handles one request to /api/messages: first the request guard, then the signature, then the SDK, then the turn.
 * What the SDK says about a failure is never sent to the client.
 */
import type { IncomingMessage } from 'node:http';
import type { Log } from '../casework/ports/log.ts';
import type { Channel } from './adapter.ts';
import type { RunTurn } from './bot.ts';
import type { RequestGuard } from './request-guard.ts';
import { readJsonBody } from './json-body.ts';
import type { Background } from '../casework/ports/background.ts';
import { inTime, shortlyAfter, type Deadline, type Timing } from '../casework/ports/runtime.ts';
import type { Carrier } from './exchange.ts';
import { asNewTurn } from '../casework/ports/turn-id.ts';
import type { InboundActivity } from './inbound-activity.ts';
import type { Metrics } from './metrics.ts';
import { refusal, type Refusal } from './refusal.ts';
import type { NoteRefusal } from './refusal-log.ts';
import type { TokenCheck } from './token-check.ts';
import { describe } from './turn-error.ts';

/** An HTTP answer. `body` is sent as JSON; undefined means no body. */
export interface HttpAnswer {
  readonly status: number;
  readonly body: unknown;
  /** With a 503: seconds after which to try again. */
  readonly retryAfterSeconds?: number;
  /** To call when the client did not get the answer, where that makes a difference. */
  readonly lost?: () => void;
  /** The id of the turn that the request led to; refused requests lead to none. */
  readonly turn?: string;
}

/** What is answered at the deadline of a turn, because it was over, gets this long. */
const GRACE_MS = 400;

/** What the endpoint needs. */
export interface EndpointParts {
  readonly timing: Timing;
  /** Where a turn goes on whose request was answered. */
  readonly background: Background;
  readonly guard: RequestGuard;
  /** `null` when no tokens are checked. */
  readonly tokens: TokenCheck | null;
  readonly channel: Channel;
  readonly run: RunTurn;
  readonly metrics: Metrics;
  readonly noteRefusal: NoteRefusal;
  /** Names the turn of every request that is admitted. */
  readonly newId: () => string;
  readonly log: Log;
}

/** Builds the handler of POST /api/messages. Its answers are safe to send as they are. It never throws. */
export function createEndpoint(
  parts: EndpointParts,
): (request: IncomingMessage, deadline: Deadline) => Promise<HttpAnswer> {
  return async (request, deadline) => {
    try {
      return await receive(parts, request, deadline);
    } catch (error) {
      parts.log.error(describe(error), 'a request failed');
      return { status: 500, body: { error: { code: 'internal' } } };
    }
  };
}

/** From the cheapest check to the most expensive one. The body is read only for a token that the channel signed. */
async function receive(parts: EndpointParts, request: IncomingMessage, deadline: Deadline): Promise<HttpAnswer> {
  const address = request.socket.remoteAddress;
  const caller = parts.guard.admitCaller(request.headers, address);
  if (caller.kind === 'refused') return refuse(parts, caller);
  if (parts.tokens !== null) {
    if (caller.token === null) return refuse(parts, refusal(401, 'token-malformed'));
    const checked = await parts.tokens.check(caller.token, address);
    if (checked.kind === 'refused') return refuse(parts, checked);
  }
  const read = await readJsonBody(request);
  if (read.kind === 'unread') return refuse(parts, refusal(read.status, read.code));
  const admission = parts.guard.admitActivity(read.body, caller.token);
  if (admission.kind === 'refused') return refuse(parts, admission);
  const turn = parts.newId();
  const answer = await asNewTurn(turn, () => runTurn(parts, request, admission.activity, deadline));
  return { ...answer, turn };
}

/** The turn of an admitted activity. */
async function runTurn(
  parts: EndpointParts,
  request: IncomingMessage,
  activity: InboundActivity,
  deadline: Deadline,
): Promise<HttpAnswer> {
  const authorization = request.headers.authorization ?? '';
  const carried = carrierOf(deadline);
  try {
    const receiving = parts.channel.receive(authorization, { ...activity }, (context) =>
      parts.run(context, activity, carried.carrier),
    );
    const received = await inTime(receiving, shortlyAfter(deadline.signal, GRACE_MS, parts.timing));
    if (received.kind === 'late') {
      // Casework answers in time. Only the way to Teams can take this long, for a message or an apology, and it goes on.
      parts.background.run('a turn that took too long', receiving);
      return { status: 200, body: undefined };
    }
    const receipt = received.value;
    if (receipt.kind === 'not-proven') {
      parts.log.warn(describe(receipt.error), 'the SDK refused a token that the channel signed');
      return refuse(parts, refusal(401, 'token-not-accepted'));
    }
    if (receipt.status >= 400) {
      parts.log.error({ status: receipt.status }, 'the adapter failed after the token was accepted');
      return { status: 500, body: { error: { code: 'internal' } } };
    }
    return { status: receipt.status, body: receipt.body, ...carried.lostWith(receipt.body) };
  } finally {
    carried.end();
  }
}

/** Knows what the turn meant to answer, and says that it is lost unless it became the answer. */
function carrierOf(deadline: Deadline) {
  let meant: { readonly body: object; readonly lost: () => void } | null = null;
  let isOver = false;
  const carrier: Carrier = {
    deadline,
    answers(body, lost) {
      if (isOver) lost();
      else meant = { body, lost };
    },
  };
  return {
    carrier,
    lostWith(body: unknown): Pick<HttpAnswer, 'lost'> {
      if (meant === null || meant.body !== body) return {};
      const { lost } = meant;
      meant = null;
      return { lost };
    },
    end() {
      isOver = true;
      meant?.lost();
    },
  };
}

function refuse({ metrics, noteRefusal }: EndpointParts, refused: Refusal): HttpAnswer {
  const { status, code } = refused;
  metrics.refused(code);
  noteRefusal(refused);
  const body = { error: { code } };
  return refused.status === 503 ? { status, body, retryAfterSeconds: refused.retryAfterSeconds } : { status, body };
}
