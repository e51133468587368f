/**
 * The HTTP server of the emulated Teams: JSON of limited size in, JSON out. Only this machine may call it, under a
 * loopback name, and no web page of another origin.
 */
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** The largest body that is read. Teams itself limits a message to 100 KB. */
const BODY_LIMIT_BYTES = 256 * 1024;

/** One request, as a handler sees it. */
export interface Call {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  readonly url: URL;
  /** The groups of the route's pattern, decoded. */
  readonly parts: readonly string[];
  /** The JSON body; `undefined` when there is none. */
  readonly body: unknown;
}

/** A handler's answer; `written` when it wrote to the response itself. */
export type Answer =
  { readonly status: number; readonly json?: unknown; readonly headers?: Readonly<Record<string, string>> } | 'written';

/** One route. */
export interface Route {
  readonly method: 'GET' | 'POST' | 'PUT' | 'DELETE';
  /** Matched against the whole path. */
  readonly path: RegExp;
  readonly handle: (call: Call) => Promise<Answer> | Answer;
}

/** A request that cannot be served. The answer has its status and its message. */
export class BadCall extends Error {
  readonly status: number;
  readonly code: string;

  constructor(status: number, code: string, message: string) {
    super(message);
    this.status = status;
    this.code = code;
  }
}

/** A running server. `close` ends open connections too. */
interface Listening {
  readonly origin: string;
  close(): Promise<void>;
}

const LOOPBACK_NAMES = ['127.0.0.1', 'localhost', '[::1]'];

function isOurs(hostAndPort: string, port: number): boolean {
  return LOOPBACK_NAMES.some((name) => hostAndPort === `${name}:${port}` || (port === 80 && hostAndPort === name));
}

/** Throws BadCall for DNS rebinding (another Host) and for other web pages (another Origin). */
function refuseOtherOrigins(request: IncomingMessage, port: number): void {
  if (!isOurs(request.headers.host ?? '', port)) {
    throw new BadCall(403, 'ForeignHost', 'This server answers only to 127.0.0.1 and localhost.');
  }
  const origin = request.headers.origin;
  if (origin !== undefined && !isOurs(origin.replace(/^http:\/\//, ''), port)) {
    throw new BadCall(403, 'ForeignOrigin', 'Other web pages may not use this server.');
  }
}

async function readBody(request: IncomingMessage): Promise<unknown> {
  if (request.method === 'GET') return undefined;
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > BODY_LIMIT_BYTES) throw new BadCall(413, 'TooLarge', `The body exceeds ${BODY_LIMIT_BYTES} bytes.`);
    chunks.push(chunk);
  }
  if (size === 0) return undefined;
  const type = request.headers['content-type'] ?? '';
  if (!/^application\/json\b/i.test(type)) throw new BadCall(415, 'NotJson', 'Send application/json.');
  try {
    return JSON.parse(Buffer.concat(chunks).toString('utf8')) as unknown;
  } catch (error) {
    throw new BadCall(400, 'BadJson', `The body is not JSON: ${(error as Error).message}`);
  }
}

/** Headers of every answer: no caching, no framing, no content sniffing. */
export const COMMON_HEADERS = {
  'cache-control': 'no-store',
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'DENY',
  'referrer-policy': 'no-referrer',
} as const;

/** Writes one JSON answer. */
function write(response: ServerResponse, answer: Exclude<Answer, 'written'>): void {
  const body = answer.json === undefined ? '' : JSON.stringify(answer.json);
  response.writeHead(answer.status, {
    ...COMMON_HEADERS,
    ...(body === '' ? {} : { 'content-type': 'application/json; charset=utf-8' }),
    ...answer.headers,
  });
  response.end(body);
}

function decoded(groups: readonly (string | undefined)[]): string[] {
  try {
    return groups.map((group) => decodeURIComponent(group ?? ''));
  } catch {
    throw new BadCall(400, 'BadPath', 'The path is not properly encoded.');
  }
}

async function serve(routes: readonly Route[], request: IncomingMessage, response: ServerResponse): Promise<Answer> {
  const port = (request.socket.address() as AddressInfo).port;
  refuseOtherOrigins(request, port);
  const url = new URL(request.url ?? '/', `http://127.0.0.1:${port}`);
  const matching = routes.filter((route) => route.path.test(url.pathname));
  if (matching.length === 0) throw new BadCall(404, 'NotFound', `Nothing here: ${url.pathname}`);
  const route = matching.find((candidate) => candidate.method === request.method);
  if (route === undefined) throw new BadCall(405, 'WrongMethod', `${request.method ?? ''} is not served here.`);
  const parts = decoded((route.path.exec(url.pathname) ?? []).slice(1));
  return route.handle({ request, response, url, parts, body: await readBody(request) });
}

function answerFailure(response: ServerResponse, error: unknown): void {
  if (response.headersSent) {
    response.destroy();
    return;
  }
  const bad = error instanceof BadCall ? error : new BadCall(500, 'ServiceError', (error as Error).message);
  write(response, {
    status: bad.status,
    json: { error: { code: bad.code, message: bad.message } },
    headers: bad.status === 413 ? { connection: 'close' } : {},
  });
}

/** Listens on 127.0.0.1. `port` 0 takes any free one. Rejects with the system's error when the port is taken. */
export async function listen(routes: readonly Route[], port: number): Promise<Listening> {
  const server: Server = createServer((request, response) => {
    serve(routes, request, response).then(
      (answer) => {
        if (answer !== 'written') write(response, answer);
      },
      (error: unknown) => answerFailure(response, error),
    );
  });
  server.headersTimeout = 10_000;
  server.requestTimeout = 30_000;
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', resolve);
  });
  const taken = (server.address() as AddressInfo).port;
  return {
    origin: `http://127.0.0.1:${taken}`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
