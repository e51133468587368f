/**
 * The HTTP server of the tenant, and the ways an answer can break on the wire. The control API refuses requests that
 * name another host or come from a web page.
 */
import { createServer } from 'node:http';
import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import { answerBatch } from './batch.ts';
import { dispatch } from './dispatch.ts';
import type { Outcome, Tenant } from './dispatch.ts';
import { errorAnswer, GraphFailure } from './exchange.ts';
import type { GraphAnswer, GraphRequest } from './exchange.ts';
import { readTarget } from './read-target.ts';
import { answerToken, isTokenPath } from './token-endpoint.ts';

/** Answers a call of the control API. */
export type ControlHandler = (method: string, path: string, body: unknown) => { status: number; body: unknown };

const LARGEST_BODY = 4 * 1024 * 1024;

/** Creates the server, not listening yet. */
export function createTenantServer(tenant: Tenant, control: ControlHandler): Server {
  return createServer((incoming, response) => {
    answer(tenant, control, incoming, response).catch((error: unknown) => {
      // A bug of the emulator itself: the client gets an error instead of waiting forever.
      response.statusCode = 500;
      response.end(JSON.stringify({ error: { code: 'EmulatorBug', message: String(error) } }));
    });
  });
}

async function answer(
  tenant: Tenant,
  control: ControlHandler,
  incoming: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const url = incoming.url ?? '/';
  const text = await readText(incoming);
  const body = readBody(text);
  if (url.startsWith('/_control')) {
    const allowed = isLoopbackHost(incoming.headers.host) && incoming.headers.origin === undefined;
    const result =
      allowed && body.kind === 'read'
        ? control(incoming.method ?? 'GET', url, body.value)
        : { status: 403, body: { error: 'Loopback only.' } };
    response.writeHead(result.status, { 'Content-Type': 'application/json' }).end(JSON.stringify(result.body));
    return;
  }
  const path = url.replace(/\?.*$/, '');
  if (isTokenPath(path) && incoming.method === 'POST') {
    const { status, body: token } = answerToken(tenant.world, path, new URLSearchParams(text ?? ''));
    response.writeHead(status, { 'Content-Type': 'application/json' }).end(JSON.stringify(token));
    return;
  }
  const request = readRequest(tenant, incoming, url, body.kind === 'read' ? body.value : undefined);
  if (tenant.latencyMs > 0) await tenant.wait(tenant.latencyMs);
  const outcome = await outcomeOf(tenant, request, url, body.kind === 'read');
  send(response, request, outcome, tenant.world.now());
}

async function outcomeOf(tenant: Tenant, request: GraphRequest, url: string, bodyRead: boolean): Promise<Outcome> {
  const fail = (status: number, message: string): Outcome => ({
    answer: errorAnswer(new GraphFailure(status, 'BadRequest', message), request, tenant.world.now()),
    wire: 'whole',
  });
  if (readTarget(url) === null) return fail(400, 'Invalid version: only v1.0 and beta are known.');
  if (!bodyRead) return fail(400, 'Unable to read JSON request payload.');
  if (request.path.length === 1 && request.path[0] === '$batch') {
    return dispatch(tenant, request, { work: () => answerBatch(tenant, request) });
  }
  return dispatch(tenant, request);
}

function readRequest(tenant: Tenant, incoming: IncomingMessage, url: string, body: unknown): GraphRequest {
  const target = readTarget(url);
  const headers: Record<string, string> = {};
  for (const [name, value] of Object.entries(incoming.headers))
    headers[name] = Array.isArray(value) ? value.join(', ') : (value ?? '');
  const requestId = tenant.world.newId();
  return {
    method: incoming.method ?? 'GET',
    version: target?.version ?? 'v1.0',
    path: target?.path ?? [],
    query: target?.query ?? new URLSearchParams(),
    headers,
    body,
    requestId,
    clientRequestId: headers['client-request-id'] ?? requestId,
  };
}

type Body = { readonly kind: 'read'; readonly value: unknown } | { readonly kind: 'unread' };

/** Null: larger than any request may be. */
async function readText(incoming: IncomingMessage): Promise<string | null> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of incoming as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size <= LARGEST_BODY) chunks.push(chunk);
  }
  return size > LARGEST_BODY ? null : Buffer.concat(chunks).toString('utf8');
}

function readBody(text: string | null): Body {
  if (text === null) return { kind: 'unread' };
  if (text.trim() === '') return { kind: 'read', value: undefined };
  try {
    return { kind: 'read', value: JSON.parse(text) as unknown };
  } catch (error) {
    if (error instanceof SyntaxError) return { kind: 'unread' };
    throw error;
  }
}

/** `now`: the tenant's own time, which its answers carry; the clock of this machine may be another one. */
function send(response: ServerResponse, request: GraphRequest, { answer: given, wire }: Outcome, now: number): void {
  if (wire === 'hang') return;
  if (wire === 'lost' || wire === 'missing') {
    response.destroy();
    return;
  }
  const text = bodyText(given);
  response.writeHead(given.status, {
    ...(text === null
      ? {}
      : { 'Content-Type': JSON_TYPE, 'Content-Length': Buffer.byteLength(wire === 'half-json' ? half(text) : text) }),
    Date: new Date(now).toUTCString(),
    'Cache-Control': 'no-cache',
    'request-id': request.requestId,
    'client-request-id': request.clientRequestId,
    'x-ms-ags-diagnostic': DIAGNOSTIC,
    'OData-Version': '4.0',
    ...given.headers,
  });
  if (wire === 'whole') response.end(text ?? undefined);
  else if (wire === 'half-json') response.end(half(text ?? ''));
  else if (wire === 'drip') drip(response, text ?? '');
  else response.write(half(text ?? ''), () => response.destroy());
}

function bodyText(given: GraphAnswer): string | null {
  if (given.body === undefined) return null;
  return typeof given.body === 'string' ? given.body : JSON.stringify(given.body);
}

const DRIP_MS = 100;

/** Sends one byte at a time, until everything is sent or the client has gone. */
function drip(response: ServerResponse, text: string): void {
  let sent = 0;
  const timer = setInterval(() => {
    response.write(text.slice(sent, (sent += 1)));
    if (sent < text.length) return;
    clearInterval(timer);
    response.end();
  }, DRIP_MS);
  response.once('close', () => {
    clearInterval(timer);
  });
}

function half(text: string): string {
  return text.slice(0, Math.floor(text.length / 2));
}

const JSON_TYPE = 'application/json;odata.metadata=minimal;odata.streaming=true;IEEE754Compatible=false;charset=utf-8';
const DIAGNOSTIC = JSON.stringify({
  ServerInfo: { DataCenter: 'Loopback', Slice: 'E', Ring: '0', ScaleUnit: '000', RoleInstance: 'EMULATED' },
});

function isLoopbackHost(host: string | undefined): boolean {
  return /^(127\.0\.0\.1|localhost|\[::1\])(:\d+)?$/i.test(host ?? '');
}
