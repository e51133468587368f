/**
 * The HTTP server: one route for Teams and three for the operator.
 * All answers are written here. The framework's formatters and error pages are never used, because they show error messages to
 * anybody who asks.
 */
import { ServerResponse } from 'node:http';
import type { IncomingMessage, Server as HttpServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Registry } from 'prom-client';
import restify from 'restify';
import type { Response, Server } from 'restify';
import { Fault } from '../casework/ports/fault.ts';
import type { Deadline, Readiness } from '../casework/ports/runtime.ts';
import { REQUEST_ID_HEADER } from './adapter.ts';
import type { HttpAnswer } from './endpoint.ts';
import { openExchange, type TurnTime } from './exchange.ts';
import { isLoopbackCaller } from './request-guard.ts';

/** What the server needs. */
export interface ServerOptions {
  /** The address to listen on. In loopback-only mode, `assertSoundMode` has made sure that it is this machine's own. */
  readonly host: string;
  /** 0 takes any free port. */
  readonly port: number;
  readonly receive: (request: IncomingMessage, deadline: Deadline) => Promise<HttpAnswer>;
  readonly turnTime: TurnTime;
  /** Whether a turn could be handled now. Called often, so it must not call the directory. */
  readonly ready: () => Promise<Readiness>;
  readonly registry: Registry;
  /** Whether /metrics may be read from other machines. */
  readonly openMetrics?: boolean;
  /** How many milliseconds running turns have to finish when the server closes. */
  readonly graceMilliseconds?: number;
  readonly limits?: ServerLimits;
}

/** A server that is listening. */
export interface RunningServer {
  readonly origin: string;
  readonly port: number;
  /** Stops accepting requests, lets running turns finish, and ends. Safe to call twice. */
  close(): Promise<void>;
}

const GRACE_MILLISECONDS = 10_000;

/** What a client may take of the server's time and memory. */
export interface ServerLimits {
  /** How long the headers may take to arrive. */
  readonly headersMilliseconds: number;
  /** How long headers and body together may take. */
  readonly requestMilliseconds: number;
  /** How often Node looks for requests that took longer. Left alone, it looks every 30 seconds. */
  readonly checkEveryMilliseconds: number;
  /** How many connections may be open. Above that, Node closes new ones at once; the ledger needs files, too. */
  readonly connections: number;
}

/** Late headers are cut off within ten seconds, late bodies within twenty (json-body.ts answers after ten). */
export const SERVER_LIMITS: ServerLimits = {
  headersMilliseconds: 9_000,
  requestMilliseconds: 19_000,
  checkEveryMilliseconds: 1_000,
  connections: 2_000,
};

/**
 * What is answered, exactly as it has to be written. The framework resolves `..` and escapes, so that it would answer addresses that
 * a filter in front of the bot takes for something else.
 */
const ADDRESSES: ReadonlySet<string> = new Set(['/api/messages', '/healthz', '/readyz', '/metrics']);

restoreWriteHead();

/** Starts listening. Rejects with Fault `configuration` when the port cannot be opened, which names the setting to change. */
export async function startServer(options: ServerOptions): Promise<RunningServer> {
  const server = restify.createServer({ name: '', ignoreTrailingSlash: false });
  const http = server.server as HttpServer;
  // Node would pass an upgraded connection to restify, which neither answers nor ends it.
  http.removeAllListeners('upgrade');
  limit(http, options.limits ?? SERVER_LIMITS);

  server.pre((request, response, next) => {
    const isKnown = ADDRESSES.has(addressOf(request));
    if (!isKnown) write(response, { status: 404, body: { error: { code: 'not-found' } } });
    next(isKnown ? undefined : false);
  });
  server.post('/api/messages', async (request, response) => {
    const exchange = openExchange(response, options.turnTime);
    const answer = await options.receive(request, exchange.deadline);
    await exchange.handOver(() => write(response, answer), answer.lost);
  });
  server.get('/healthz', async (_request, response) => {
    write(response, { status: 200, body: { up: true } });
    return Promise.resolve();
  });
  server.get('/readyz', async (_request, response) => {
    const readiness = await options.ready().catch(() => ({ kind: 'not-ready', because: 'unknown' }) as const);
    if (readiness.kind === 'ready') write(response, { status: 200, body: { ready: true } });
    else write(response, { status: 503, body: { ready: false, because: readiness.because } });
  });
  server.get('/metrics', async (request, response) => {
    if (options.openMetrics !== true && !isLoopbackCaller(request.headers, request.socket.remoteAddress)) {
      write(response, { status: 403, body: { error: { code: 'loopback-only' } } });
      return;
    }
    const text = await options.registry.metrics();
    writeText(response, 200, options.registry.contentType, text);
  });
  // An unknown route, a wrong method, or a bug in a handler: answered with a code, never with the text of the error.
  server.on('restifyError', (_request: unknown, response: Response, error: unknown, done: () => void) => {
    const status = statusOf(error);
    const code = status === 404 ? 'not-found' : status === 405 ? 'method-not-allowed' : 'internal';
    if (!response.headersSent) write(response, { status, body: { error: { code } } });
    done();
  });

  await listen(server, options.host, options.port);
  const { port } = http.address() as AddressInfo;
  const name = options.host.includes(':') ? `[${options.host}]` : options.host;
  let closing: Promise<void> | null = null;
  return {
    origin: `http://${name}:${port}`,
    port,
    close: () => (closing ??= close(http, options.graceMilliseconds ?? GRACE_MILLISECONDS)),
  };
}

/** Restify makes Node's server itself and passes no options on, so they are set here, before it listens. */
function limit(http: HttpServer & { connectionsCheckingInterval?: number }, limits: ServerLimits): void {
  http.headersTimeout = limits.headersMilliseconds;
  http.requestTimeout = limits.requestMilliseconds;
  http.connectionsCheckingInterval = limits.checkEveryMilliseconds;
  http.keepAliveTimeout = 65_000; // longer than that of common proxies, so that a request never meets a connection that is closing
  http.maxHeadersCount = 100;
  http.maxConnections = limits.connections;
}

/** Listens for errors on restify's server, which passes on those of Node's. An error without a listener would end the process. */
function listen(server: Server, host: string, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    const refuse = (error: Error): void => reject(cannotListen(error));
    server.once('error', refuse);
    server.listen(port, host, () => {
      server.removeListener('error', refuse);
      resolve();
    });
  });
}

/** What an operator has to change, for what the system says. Anything else is a bug and stays as it is. */
function cannotListen(error: Error): Error {
  const code = 'code' in error ? String(error.code) : '';
  const sentence = CANNOT_LISTEN[code];
  return sentence === undefined ? error : new Fault('configuration', { internal: sentence, cause: error });
}

const CANNOT_LISTEN: Readonly<Record<string, string>> = {
  EADDRINUSE: 'PORT: another process listens there already.',
  EACCES: 'PORT: this account may not listen there; ports below 1024 belong to the system.',
  EADDRNOTAVAIL: 'HARDLINE_HOST: this machine has no such address.',
  ENOTFOUND: 'HARDLINE_HOST: this name has no address.',
  EAI_AGAIN: 'HARDLINE_HOST: the address of this name cannot be found out.',
};

/**
 * Node's `close` alone waits until idle keep-alive connections time out, which takes seconds. Here, idle connections end at once,
 * busy ones after their answer, and all of them when the time is over.
 */
function close(http: HttpServer, graceMilliseconds: number): Promise<void> {
  return new Promise((resolve) => {
    const deadline = setTimeout(() => http.closeAllConnections(), graceMilliseconds);
    http.prependListener('request', (_request: IncomingMessage, response: ServerResponse) => {
      response.setHeader('connection', 'close');
    });
    const sweep = setInterval(() => http.closeIdleConnections(), 20);
    http.close(() => {
      clearTimeout(deadline);
      clearInterval(sweep);
      resolve();
    });
    http.closeIdleConnections();
  });
}

/** The address without its query, as it was sent. */
function addressOf({ url = '' }: IncomingMessage): string {
  return url.split('?', 1)[0] ?? '';
}

function write(response: Response, { status, body, retryAfterSeconds, turn }: HttpAnswer): void {
  if (turn !== undefined) response.setHeader(REQUEST_ID_HEADER, turn);
  if (retryAfterSeconds !== undefined) response.setHeader('retry-after', String(retryAfterSeconds));
  if (body === undefined) writeText(response, status, null, '');
  else writeText(response, status, 'application/json; charset=utf-8', JSON.stringify(body));
}

/** Bypasses the framework's formatters, which would choose a format by what the client says it accepts. */
function writeText(response: Response, status: number, type: string | null, text: string): void {
  response.sendRaw(status, text, {
    'cache-control': 'no-store',
    'x-content-type-options': 'nosniff',
    ...(type !== null && { 'content-type': type }),
    'content-length': String(Buffer.byteLength(text)),
  });
}

function statusOf(error: unknown): number {
  const status = typeof error === 'object' && error !== null && 'statusCode' in error ? error.statusCode : 500;
  return status === 404 || status === 405 ? status : 500;
}

/**
 * restify replaces `writeHead` for all servers of the process, and its version does not return the response, as Node's does.
 * Other servers, such as the emulated tenant, need that return value.
 */
function restoreWriteHead(): void {
  // eslint-disable-next-line @typescript-eslint/unbound-method -- called with `this` below
  const replaced = ServerResponse.prototype.writeHead as (...parts: unknown[]) => unknown;
  ServerResponse.prototype.writeHead = function (this: ServerResponse, ...parts: unknown[]): ServerResponse {
    replaced.apply(this, parts);
    return this;
  };
}
