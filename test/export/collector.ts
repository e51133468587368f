/** A stand-in for an OpenTelemetry collector: takes logs over HTTP as the protocol has it, and fails as it is told. */
import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer, type IncomingHttpHeaders, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';
import { gunzipSync } from 'node:zlib';
import { readJson, readProtobuf, type LogRecord } from './otlp-wire.ts';

/** What the collector does with a request. Whatever answers with an error has taken nothing, unless it says so. */
export type Behavior =
  | { readonly kind: 'takes' }
  | { readonly kind: 'answers'; readonly status: number; readonly retryAfter?: string }
  /** Takes everything, and the connection breaks before the answer. */
  | { readonly kind: 'breaks-after-taking' }
  | { readonly kind: 'breaks-before-taking' }
  | { readonly kind: 'is-silent' }
  /** Takes all but those, and says only how many. */
  | { readonly kind: 'rejects'; readonly which: (record: LogRecord) => boolean }
  | { readonly kind: 'refuses-with'; readonly status: number; readonly which: (record: LogRecord) => boolean }
  /** A proxy in between answers in its place. */
  | { readonly kind: 'is-a-proxy' };

export interface Collector {
  readonly origin: string;
  /** What it has taken, in the order of arrival, with what came twice. */
  readonly taken: readonly LogRecord[];
  readonly requests: readonly { readonly headers: IncomingHttpHeaders; readonly count: number }[];
  /** What it does with the next requests; afterwards it takes everything. */
  next(...behaviors: readonly Behavior[]): void;
  /** What it does with every further request. */
  always(behavior: Behavior): void;
  /** Called with every request before it is answered. */
  onRequest(listener: (count: number) => void): void;
  close(): Promise<void>;
}

export async function startCollector(): Promise<Collector> {
  const taken: LogRecord[] = [];
  const requests: { headers: IncomingHttpHeaders; count: number }[] = [];
  let queue: readonly Behavior[] = [];
  let usual: Behavior = { kind: 'takes' };
  let listener: (count: number) => void = () => undefined;
  const server = createServer((request, response) => {
    void recordsIn(request).then((records) => {
      requests.push({ headers: request.headers, count: records.length });
      const [behavior = usual, ...rest] = queue;
      queue = rest;
      const json = request.headers['content-type'] === 'application/json';
      /** ExportLogsServiceResponse: partial_success is field 1, in it rejected_log_records is field 1. */
      const answer = (rejected: number): void => {
        response.setHeader('content-type', json ? 'application/json' : 'application/x-protobuf');
        const partial = rejected === 0 ? {} : { partialSuccess: { rejectedLogRecords: String(rejected) } };
        response.end(json ? JSON.stringify(partial) : Buffer.from(rejected === 0 ? [] : [0x0a, 2, 0x08, rejected]));
      };
      listener(requests.length);
      switch (behavior.kind) {
        case 'takes':
          taken.push(...records);
          answer(0);
          return;
        case 'answers':
          if (behavior.retryAfter !== undefined) response.setHeader('retry-after', behavior.retryAfter);
          response.writeHead(behavior.status).end();
          return;
        case 'breaks-after-taking':
          taken.push(...records);
          request.socket.destroy();
          return;
        case 'breaks-before-taking':
          request.socket.destroy();
          return;
        case 'is-silent':
          return;
        case 'rejects': {
          const good = records.filter((record) => !behavior.which(record));
          taken.push(...good);
          answer(records.length - good.length);
          return;
        }
        case 'refuses-with':
          if (records.some(behavior.which)) {
            response.writeHead(behavior.status).end();
            return;
          }
          taken.push(...records);
          answer(0);
          return;
        case 'is-a-proxy':
          response.writeHead(200, { 'content-type': 'text/html' }).end('<h1>Sign in</h1>');
      }
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    taken,
    requests,
    next(...behaviors) {
      queue = [...queue, ...behaviors];
    },
    always(behavior) {
      usual = behavior;
    },
    onRequest(wanted) {
      listener = wanted;
    },
    async close() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}

async function recordsIn(request: IncomingMessage): Promise<readonly LogRecord[]> {
  assert.equal(request.method, 'POST');
  assert.equal(request.url, '/v1/logs');
  const sent = await buffer(request);
  const body = request.headers['content-encoding'] === 'gzip' ? gunzipSync(sent) : sent;
  const json = request.headers['content-type'] === 'application/json';
  if (!json) assert.equal(request.headers['content-type'], 'application/x-protobuf');
  return json ? readJson(body) : readProtobuf(body);
}

/** Fails unless every number from 1 to `size` was taken; gives how many came more than once, always with the same hash. */
export function eachTaken(taken: readonly LogRecord[], size: number): { readonly twice: number } {
  const hashes = new Map<string, string>();
  for (const { uid, hash, seq } of taken) {
    assert.ok(uid.endsWith(`/${seq}`));
    assert.equal(hashes.get(uid) ?? hash, hash, 'what comes twice is the same');
    hashes.set(uid, hash);
  }
  const seqs = new Set(taken.map(({ seq }) => seq));
  const missing = Array.from({ length: size }, (_, index) => index + 1).filter((seq) => !seqs.has(seq));
  assert.deepEqual(missing, [], 'none is lost');
  assert.equal(hashes.size, size, 'an entry has one id');
  return { twice: taken.length - size };
}
