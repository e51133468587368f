/**
 * One request to a collector. The exporter of OpenTelemetry is not used for it: it reports a partial success and the pause that
 * a collector asks for (`Retry-After`) to nobody, and takes an address it cannot read for one on this machine.
 */
import { readFileSync } from 'node:fs';
import { Agent as HttpAgent, request as requestHttp } from 'node:http';
import { Agent as HttpsAgent, request as requestHttps } from 'node:https';
import type { IncomingMessage } from 'node:http';
import { promisify } from 'node:util';
import { gzip } from 'node:zlib';
import type { OtlpSettings } from './settings.ts';

const compress = promisify(gzip);

/** An answer is never longer; what follows is not read. In bytes. */
const LARGEST_ANSWER = 64 * 1024;

/** What came back. */
export type Answer =
  | {
      readonly kind: 'answered';
      readonly status: number;
      /** As the collector wrote it. */
      readonly retryAfter: string | null;
      readonly contentType: string;
      readonly body: Buffer;
    }
  | { readonly kind: 'not-answered'; readonly why: 'timeout' | 'no-connection' };

/** A collector that can be posted to. */
export interface CollectorConnection {
  send(body: Uint8Array, contentType: string): Promise<Answer>;
  /** Breaks off what is under way and closes the connections. */
  close(): void;
}

/** Prepares it. Throws the system's error when a file of the TLS settings cannot be read. */
export function connectTo({ url, headers, compression, timeoutMs, tls }: OtlpSettings): CollectorConnection {
  const secure = url.startsWith('https:');
  const pem = (file: string | null) => (file === null ? undefined : readFileSync(file));
  const agent = secure
    ? new HttpsAgent({ keepAlive: true, ca: pem(tls.ca), cert: pem(tls.cert), key: pem(tls.key) })
    : new HttpAgent({ keepAlive: true });
  const request = secure ? requestHttps : requestHttp;
  const closing = new AbortController();
  return {
    async send(body, contentType) {
      const bytes = compression === 'gzip' ? await compress(body) : Buffer.from(body);
      const timeout = AbortSignal.timeout(timeoutMs);
      return new Promise((resolve) => {
        const gone = (): void => {
          resolve({ kind: 'not-answered', why: timeout.aborted ? 'timeout' : 'no-connection' });
        };
        const outgoing = request(url, {
          method: 'POST',
          agent,
          signal: AbortSignal.any([timeout, closing.signal]),
          headers: {
            ...headers,
            'content-type': contentType,
            'content-length': bytes.length,
            ...(compression === 'gzip' && { 'content-encoding': 'gzip' }),
          },
        });
        outgoing.on('error', gone);
        outgoing.on('response', (incoming) => {
          read(incoming).then(resolve, gone);
        });
        outgoing.end(bytes);
      });
    },
    close() {
      closing.abort();
      agent.destroy();
    },
  };
}

/** Rejects when the connection breaks before the answer is whole: then it is not known what the collector took. */
async function read(incoming: IncomingMessage): Promise<Answer> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of incoming as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size <= LARGEST_ANSWER) chunks.push(chunk);
  }
  return {
    kind: 'answered',
    status: incoming.statusCode ?? 0,
    retryAfter: incoming.headers['retry-after'] ?? null,
    contentType: incoming.headers['content-type'] ?? '',
    body: Buffer.concat(chunks),
  };
}
