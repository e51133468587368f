/**
 * The attacker, as a process of its own: requests with a forged signature and claims that look right, at a steady rate, over
 * connections that stay open. Every token is another one. It writes bytes instead of using an HTTP client, so that it takes
 * little of the processor from the bot. At the end it says what it sent, which answers came, and how much processor time it took.
 */
import { randomBytes } from 'node:crypto';
import { connect } from 'node:net';

/** What to send. */
export interface FloodOrder {
  readonly origin: string;
  readonly perSecond: number;
  readonly seconds: number;
  /** The token up to the second dot. */
  readonly signed: string;
  readonly body: string;
}

/** What came of it. `answers`: how many of each status. */
export interface Flooded {
  readonly answers: Readonly<Record<string, number>>;
  readonly processorSeconds: number;
}

const CONNECTIONS = 100;
const STEP_MILLISECONDS = 2;

function requestOf({ signed, body }: FloodOrder): string {
  const token = `${signed}.${randomBytes(256).toString('base64url')}`;
  return [
    'POST /api/messages HTTP/1.1',
    'Host: bot.fernhill.example',
    `Authorization: Bearer ${token}`,
    'Content-Type: application/json',
    `Content-Length: ${Buffer.byteLength(body)}`,
    '',
    body,
  ].join('\r\n');
}

async function flood(order: FloodOrder): Promise<Flooded> {
  const { hostname, port } = new URL(order.origin);
  const answers: Record<string, number> = {};
  const sockets = Array.from({ length: CONNECTIONS }, () => {
    const socket = connect(Number(port), hostname);
    socket.setNoDelay(true).setEncoding('latin1');
    socket.on('error', () => (answers['broken'] = (answers['broken'] ?? 0) + 1));
    socket.on('data', (text: string) => {
      for (const [, status = ''] of text.matchAll(/HTTP\/1\.1 (\d{3})/g)) answers[status] = (answers[status] ?? 0) + 1;
    });
    return socket;
  });
  const cpu = process.cpuUsage();
  const began = performance.now();
  let sent = 0;
  await new Promise<void>((resolve) => {
    const timer = setInterval(() => {
      const elapsed = (performance.now() - began) / 1000;
      if (elapsed >= order.seconds) {
        clearInterval(timer);
        resolve();
        return;
      }
      for (; sent < elapsed * order.perSecond; sent += 1) sockets[sent % CONNECTIONS]?.write(requestOf(order));
    }, STEP_MILLISECONDS);
  });
  const used = process.cpuUsage(cpu);
  for (const socket of sockets) socket.destroy();
  return { answers, processorSeconds: (used.user + used.system) / 1_000_000 };
}

process.on('message', (order: FloodOrder) => {
  void flood(order).then((result) => process.send?.(result));
});
process.on('disconnect', () => process.exit());
