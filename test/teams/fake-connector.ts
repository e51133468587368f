/** A connector on loopback: writes down every request of the bot, and answers as the test says. */
import { createServer } from 'node:http';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

interface Written {
  readonly method: string;
  readonly path: string;
  readonly headers: IncomingMessage['headers'];
  readonly body: Readonly<Record<string, unknown>>;
}

export type Answer = (response: ServerResponse, written: Written) => void;

export interface FakeConnector {
  readonly serviceUrl: string;
  /** Everything the bot sent, in order. */
  readonly written: Written[];
  /** Answers for the next requests, one each; afterwards `201 {id}`. */
  readonly script: Answer[];
  close(): Promise<void>;
}

/** An error answer as the connector gives it. */
export const failing =
  (status: number, code = 'ServiceError', headers: Record<string, string> = {}): Answer =>
  (response) => {
    response.writeHead(status, { 'content-type': 'application/json', ...headers });
    response.end(JSON.stringify({ error: { code, message: `connector says ${code}` } }));
  };

/** No answer at all. */
export const hanging: Answer = () => undefined;

function deliver(response: ServerResponse, number: number): void {
  response.writeHead(201, { 'content-type': 'application/json' });
  response.end(JSON.stringify({ id: `message-${number}` }));
}

export async function startFakeConnector(): Promise<FakeConnector> {
  const written: Written[] = [];
  const script: Answer[] = [];
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const text = Buffer.concat(chunks).toString('utf8');
      const body = (text === '' ? {} : JSON.parse(text)) as Record<string, unknown>;
      const entry = { method: request.method ?? '', path: request.url ?? '', headers: request.headers, body };
      written.push(entry);
      const answer = script.shift();
      if (answer === undefined) deliver(response, written.length);
      else answer(response, entry);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    serviceUrl: `http://127.0.0.1:${(server.address() as AddressInfo).port}/connector`,
    written,
    script,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
