/**
 * A Graph of a few lines for tests of the wire: every answer is written in the test that needs it.
 * It records every request and every socket, so that "one POST" can be counted.
 */
import { createServer } from 'node:http';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { openClient } from '../../src/graph/client.ts';
import type { CallReport, ClientOptions, GraphClient } from '../../src/graph/client.ts';
import { ownGrants, type OwnGrants } from '../../src/graph/own-grants.ts';
import { ownPermissions } from '../../src/graph/own-permissions.ts';

/** A request as the stub saw it; parts of a batch come as requests of their own. */
export interface Seen {
  readonly method: string;
  /** As on the wire, still encoded. */
  readonly url: string;
  /** Decoded, with version, without query. */
  readonly path: string;
  readonly query: URLSearchParams;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: unknown;
  readonly inBatch: boolean;
}

/** An answer, or a way of not giving one. */
export type Reply =
  | {
      readonly status: number;
      readonly json?: unknown;
      readonly text?: string;
      readonly headers?: Record<string, string>;
    }
  | 'hang'
  | 'cut'
  | 'half';

/** A stub that runs. */
interface Stub {
  readonly origin: string;
  readonly seen: Seen[];
  /** How many connections were opened. */
  sockets(): number;
  close(): Promise<void>;
}

/** Graph's error body. */
export function graphError(status: number, code: string, message = 'Words nobody may show.', headers = {}): Reply {
  return { status, json: { error: { code, message, innerError: { 'request-id': 'r' } } }, headers };
}

async function bodyOf(incoming: IncomingMessage): Promise<unknown> {
  let text = '';
  for await (const chunk of incoming) text += String(chunk);
  return text === '' ? undefined : JSON.parse(text);
}

function send(response: ServerResponse, reply: Reply): void {
  if (reply === 'hang') return;
  if (reply === 'cut') {
    response.writeHead(200, { 'content-type': 'application/json', 'content-length': 500 });
    response.write('{"value":[', () => response.destroy());
    return;
  }
  if (reply === 'half') {
    response.writeHead(200, { 'content-type': 'application/json' }).end('{"value":[{"id":');
    return;
  }
  const { status, json, text, headers = {} } = reply;
  const type = json === undefined ? {} : { 'content-type': 'application/json' };
  response.writeHead(status, { 'request-id': 'stub-request', ...type, ...headers });
  response.end(json === undefined ? text : JSON.stringify(json));
}

interface PartRequest {
  readonly id: string;
  readonly method: string;
  readonly url: string;
  readonly headers?: Record<string, string>;
  readonly body?: unknown;
}

/** Starts a stub. `answer` sees whole requests and, when it gives `undefined` for `$batch`, each part by itself. */
async function startStub(answer: (seen: Seen) => Reply | undefined): Promise<Stub> {
  const seen: Seen[] = [];
  const sockets = new Set<Socket>();
  let opened = 0;

  function look(method: string, url: string, headers: Record<string, string>, body: unknown, inBatch: boolean): Seen {
    const parsed = new URL(url, 'http://stub');
    const entry = {
      method,
      url,
      path: decodeURIComponent(parsed.pathname),
      query: parsed.searchParams,
      headers,
      body,
      inBatch,
    };
    seen.push(entry);
    return entry;
  }

  function answerParts(version: string, body: unknown): Reply {
    const responses = (body as { requests: PartRequest[] }).requests.flatMap((part) => {
      const reply = answer(look(part.method, `/${version}${part.url}`, part.headers ?? {}, part.body, true));
      if (typeof reply !== 'object') return [];
      return [{ id: part.id, status: reply.status, headers: reply.headers ?? {}, body: reply.json ?? reply.text }];
    });
    return { status: 200, json: { responses: responses.reverse() } };
  }

  async function serve(incoming: IncomingMessage, response: ServerResponse): Promise<void> {
    const body = await bodyOf(incoming);
    const entry = look(incoming.method!, incoming.url!, incoming.headers as Record<string, string>, body, false);
    const whole = answer(entry);
    const isBatch = entry.path.endsWith('/$batch');
    send(response, whole ?? (isBatch ? answerParts(entry.path.split('/')[1]!, body) : graphError(404, 'NotStubbed')));
  }

  const server = createServer({ keepAliveTimeout: 600_000 }, (incoming, response) => void serve(incoming, response));
  server.on('connection', (socket) => {
    opened += 1;
    sockets.add(socket);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    seen,
    sockets: () => opened,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

/** A client on a stub: pauses are noted instead of waited, and ids count up. */
export interface Harness {
  readonly stub: Stub;
  readonly client: GraphClient;
  readonly pauses: number[];
  readonly reports: CallReport[];
  close(): Promise<void>;
}

/** Starts a stub and a client on it. */
export async function harness(
  answer: (seen: Seen) => Reply | undefined,
  options: Partial<ClientOptions> = {},
): Promise<Harness> {
  const stub = await startStub(answer);
  const pauses: number[] = [];
  const reports: CallReport[] = [];
  let ids = 0;
  const client = openClient({
    tenant: { kind: 'emulated', origin: stub.origin },
    now: () => Date.parse('2026-03-02T09:00:00Z'),
    newId: () => `id-${(ids += 1)}`,
    observe: (report) => reports.push(report),
    wait: async (milliseconds) => void pauses.push(milliseconds),
    ...options,
  });
  const close = async (): Promise<void> => {
    await stub.close();
    await client.close();
  };
  return { stub, client, pauses, reports, close };
}

/** What a bot may do whose own token names these permissions; `null`: a token that nobody can read. */
export function grantsOf(roles: readonly string[] | null): OwnGrants {
  const claims = Buffer.from(JSON.stringify({ roles })).toString('base64url');
  const token = roles === null ? 'no token' : `header.${claims}.signature`;
  const credential = { getToken: () => Promise.resolve({ token, expiresOnTimestamp: 0 }) };
  return ownGrants(ownPermissions({ kind: 'entra', cloud: 'global', tenantId: 't', clientId: 'c', credential }));
}
