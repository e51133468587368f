/**
 * A bot of a few lines, to test the emulated Teams without the real one: it records what arrives and answers as the test says.
 */
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';

interface Arrived {
  readonly type: string;
  readonly id: string;
  readonly text?: string;
  readonly action?: string;
  readonly replyToId?: string;
  readonly serviceUrl: string;
  readonly channelId: string;
  readonly from: { readonly id: string; readonly aadObjectId: string };
  readonly conversation: { readonly id: string; readonly conversationType: string; readonly tenantId: string };
  readonly channelData: { readonly tenant: { readonly id: string } };
  readonly value?: {
    readonly action: { readonly type: string; readonly verb: string; readonly data: Record<string, unknown> };
    readonly trigger: string;
  };
}

export interface FakeBot {
  readonly origin: string;
  readonly arrived: Arrived[];
  /** How the next activities are answered. */
  answer: (activity: Arrived) => Promise<{ status: number; json?: unknown }> | { status: number; json?: unknown };
  close(): Promise<void>;
}

async function jsonOf(request: IncomingMessage): Promise<Arrived> {
  const chunks: Buffer[] = [];
  for await (const chunk of request as AsyncIterable<Buffer>) chunks.push(chunk);
  return JSON.parse(Buffer.concat(chunks).toString('utf8')) as Arrived;
}

export async function startFakeBot(): Promise<FakeBot> {
  const arrived: Arrived[] = [];
  const server = createServer((request, response) => {
    void jsonOf(request)
      .then(async (activity) => {
        arrived.push(activity);
        return bot.answer(activity);
      })
      .then(({ status, json }) => {
        response.writeHead(status, { 'content-type': 'application/json' });
        response.end(json === undefined ? '' : JSON.stringify(json));
      });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const bot: FakeBot = {
    origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    arrived,
    answer: () => ({ status: 200 }),
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
  return bot;
}

export const cardAnswer = (card: unknown): { status: number; json: unknown } => ({
  status: 200,
  json: { statusCode: 200, type: 'application/vnd.microsoft.card.adaptive', value: card },
});

export const card = (title: string): { type: 'AdaptiveCard'; version: string; body: unknown[] } => ({
  type: 'AdaptiveCard',
  version: '1.5',
  body: [{ type: 'TextBlock', text: title }],
});
