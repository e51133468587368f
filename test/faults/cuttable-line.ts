/**
 * The line between Teams and the bot, which can be cut while a click is on its way: the bot then sees its client go. It notes when
 * the bot answered what.
 */
import { createServer, request as httpRequest, type ClientRequest, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A click that went over the line. */
export interface Carried {
  /** When the bot had answered; `null`: it has not. */
  readonly answeredAt: number | null;
  /** Exactly what came back. */
  readonly body: string;
}

export interface CuttableLine {
  /** Where Teams finds the bot. */
  through(botOrigin: string): string;
  /** The newest click. */
  last(): Carried;
  /** Closes the connection of every click that is on its way. */
  cut(): void;
  close(): Promise<void>;
}

/** Opens the line. `clock` gives the time of the test. */
export async function openCuttableLine(clock: () => number): Promise<CuttableLine> {
  const open = new Map<ClientRequest, ServerResponse>();
  let target = '';
  let last: { answeredAt: number | null; body: string } = { answeredAt: null, body: '' };

  const server = createServer((incoming, outgoing) => {
    const carried = { answeredAt: null as number | null, body: '' };
    last = carried;
    const headers = { ...incoming.headers, host: new URL(target).host };
    const toBot = httpRequest(`${target}${incoming.url ?? ''}`, { method: 'POST', headers, agent: false }, (answer) => {
      answer.on('data', (chunk: Buffer) => (carried.body += chunk.toString('utf8')));
      answer.on('end', () => {
        carried.answeredAt = clock();
        open.delete(toBot);
        outgoing.writeHead(answer.statusCode ?? 500, {
          'content-type': answer.headers['content-type'] ?? 'text/plain',
        });
        outgoing.end(carried.body);
      });
    });
    toBot.on('error', () => outgoing.destroy());
    open.set(toBot, outgoing);
    incoming.pipe(toBot);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    through(botOrigin) {
      target = botOrigin;
      return `http://127.0.0.1:${port}`;
    },
    last: () => last,
    cut() {
      for (const [toBot, outgoing] of open) {
        toBot.destroy();
        outgoing.destroy();
      }
      open.clear();
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
