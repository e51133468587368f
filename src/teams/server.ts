/**
 * The HTTP server: one door for the channel, three for the operator.
 * The one rule kept here: every byte of an answer is written by us; the framework's formatters and error pages, which
 * repeat error texts to strangers, are never reached.
 */
import { ServerResponse } from 'node:http';
import type { IncomingMessage, Server as HttpServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Registry } from 'prom-client';
import restify from 'restify';
import type { Response, Server } from 'restify';
import type { HttpAnswer } from './endpoint.ts';
import { isLoopbackCaller } from './request-guard.ts';

/** What the server serves. */
export interface ServerOptions {
  /** Address to listen on. In loopback-only mode the caller makes sure it is this machine's. */
  readonly host: string;
  /** 0 takes any free port. */
  readonly port: number;
  readonly receive: (request: IncomingMessage) => Promise<HttpAnswer>;
  /** True when a turn could be worked now. Asked often: no call to the directory. */
  readonly ready: () => Promise<boolean>;
  readonly registry: Registry;
  /** Whether /metrics answers callers from other machines. */
  readonly openMetrics?: boolean;
  /** Milliseconds that running turns get to finish on close. */
  readonly graceMilliseconds?: number;
}

/** A server that listens. */
export interface RunningServer {
  readonly origin: string;
  readonly port: number;
  /** Takes no more requests, lets running turns finish, and ends. Safe to call twice. */
  close(): Promise<void>;
}

const GRACE_MILLISECONDS = 10_000;

keepWriteHeadWhole();

/** Starts listening. Rejects when the port cannot be had. */
export async function startServer(options: ServerOptions): Promise<RunningServer> {
  const server = restify.createServer({ name: '', ignoreTrailingSlash: false });
  const http = server.server as HttpServer;
  // Node would hand an upgraded connection to restify, where nobody answers it and nothing ever ends it.
  http.removeAllListeners('upgrade');
  http.headersTimeout = 10_000;
  http.requestTimeout = 20_000;
  http.keepAliveTimeout = 65_000; // longer than the usual proxy's, or a request meets a closing connection
  http.maxHeadersCount = 100;

  server.post('/api/messages', async (request, response) => {
    write(response, await options.receive(request));
  });
  server.get('/healthz', async (_request, response) => {
    write(response, { status: 200, body: { up: true } });
    return Promise.resolve();
  });
  server.get('/readyz', async (_request, response) => {
    const ready = await options.ready().catch(() => false);
    write(response, { status: ready ? 200 : 503, body: { ready } });
  });
  server.get('/metrics', async (request, response) => {
    if (options.openMetrics !== true && !isLoopbackCaller(request.headers, request.socket.remoteAddress)) {
      write(response, { status: 403, body: { error: { code: 'loopback-only' } } });
      return;
    }
    const text = await options.registry.metrics();
    writeText(response, 200, options.registry.contentType, text);
  });
  // Unknown route, wrong method, or a bug in a handler: our own words, never the error's.
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

/** Errors are waited for on restify's server: it passes Node's on, and an error that nobody waits for ends the process. */
function listen(server: Server, host: string, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, () => {
      server.removeListener('error', reject);
      resolve();
    });
  });
}

/**
 * `close` alone waits for idle keep-alive connections to run out, which takes seconds. Idle ones are ended at once,
 * busy ones as soon as their answer is out, and all of them when the time is up.
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

function write(response: Response, { status, body }: HttpAnswer): void {
  if (body === undefined) writeText(response, status, null, '');
  else writeText(response, status, 'application/json; charset=utf-8', JSON.stringify(body));
}

/** Past the framework's formatters, which would pick a shape by what the client says it accepts. */
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
 * restify replaces `writeHead` for every server of the process, and its own does not return the response. Others
 * (the emulated tenant, for one) rely on Node's word that it does.
 */
function keepWriteHeadWhole(): void {
  // eslint-disable-next-line @typescript-eslint/unbound-method -- called with `this` below
  const replaced = ServerResponse.prototype.writeHead as (...parts: unknown[]) => unknown;
  ServerResponse.prototype.writeHead = function (this: ServerResponse, ...parts: unknown[]): ServerResponse {
    replaced.apply(this, parts);
    return this;
  };
}
