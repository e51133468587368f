/**
 * Handles one request to /api/messages: first the request guard, then the SDK, then the turn.
 * What the SDK says about a failure is never sent to the client.
 */
import type { IncomingMessage } from 'node:http';
import type { Log } from '../casework/ports/log.ts';
import type { Channel } from './adapter.ts';
import type { RunTurn } from './bot.ts';
import type { RequestGuard } from './request-guard.ts';
import type { InboundActivity } from './inbound-activity.ts';
import { readJsonBody } from './json-body.ts';
import type { Deadline } from '../casework/ports/runtime.ts';
import type { Carrier } from './exchange.ts';
import type { Metrics } from './metrics.ts';
import { describe } from './turn-error.ts';

/** An HTTP answer. `body` is sent as JSON; undefined means no body. */
export interface HttpAnswer {
  readonly status: number;
  readonly body: unknown;
  /** To call when the client did not get the answer, where that makes a difference. */
  readonly lost?: () => void;
}

/** What the endpoint needs. */
export interface EndpointParts {
  readonly guard: RequestGuard;
  readonly channel: Channel;
  readonly run: RunTurn;
  readonly metrics: Metrics;
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

async function receive(parts: EndpointParts, request: IncomingMessage, deadline: Deadline): Promise<HttpAnswer> {
  const caller = parts.guard.admitCaller(request.headers, request.socket.remoteAddress);
  if (caller.kind !== 'admitted') return refuse(parts, caller.status, caller.code);
  const read = await readJsonBody(request);
  if (read.kind !== 'read') return refuse(parts, read.status, read.code);
  const admission = parts.guard.admitActivity(read.body, caller.claims);
  if (admission.kind !== 'admitted') return refuse(parts, admission.status, admission.code);
  const carried = carrierOf(deadline);
  try {
    const { result, proven } = await parts.channel.watch(() =>
      process(parts, request.headers.authorization, admission.activity, carried.carrier),
    );
    if (!proven) return refuse(parts, 401, 'token-not-accepted');
    if (result.status >= 400) {
      parts.log.error({ status: result.status }, 'the adapter failed after the token was accepted');
      return { status: 500, body: { error: { code: 'internal' } } };
    }
    return { ...result, ...carried.lostWith(result.body) };
  } finally {
    carried.end();
  }
}

/** Knows what the turn meant to answer, and says that it is lost unless it became the answer. */
function carrierOf(deadline: Deadline) {
  let meant: { readonly body: object; readonly lost: () => void } | null = null;
  const carrier: Carrier = { deadline, answers: (body, lost) => (meant = { body, lost }) };
  return {
    carrier,
    lostWith(body: unknown): Pick<HttpAnswer, 'lost'> {
      if (meant === null || meant.body !== body) return {};
      const { lost } = meant;
      meant = null;
      return { lost };
    },
    end: () => meant?.lost(),
  };
}

/** Lets the SDK write its answer into a plain object instead of the response, because it puts error messages into the body. */
async function process(
  parts: EndpointParts,
  authorization: string | undefined,
  activity: InboundActivity,
  carrier: Carrier,
): Promise<HttpAnswer> {
  let status = 200;
  let body: unknown;
  const response = {
    socket: null,
    header: () => undefined,
    status: (code: number) => (status = code),
    send: (sent: unknown) => (body = sent),
    end: () => undefined,
  };
  const headers = authorization === undefined ? {} : { authorization };
  await parts.channel.adapter.process({ method: 'POST', headers, body: { ...activity } }, response, (context) =>
    parts.run(context, activity, carrier),
  );
  return { status, body };
}

function refuse(parts: EndpointParts, status: number, code: string): HttpAnswer {
  parts.metrics.refused(code);
  parts.log.info({ status, code }, 'a request was refused');
  return { status, body: { error: { code } } };
}
