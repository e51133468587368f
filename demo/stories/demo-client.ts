/**
 * A story's connection to the demo: its HTTP API and its event stream, as any outside program would use them. Nothing
 * is called in process, so whatever a story proves, it proves over HTTP.
 */
import type { SeenMessage } from '../teams/chats.ts';
import type { DeliveryResult } from '../teams/delivery.ts';
import type { FeedEntry } from '../teams/ledger-feed.ts';

/** How long a story waits for something to appear. */
const PATIENCE_MS = 45_000;

/** The connection. */
export interface DemoClient {
  call(method: string, path: string, body?: unknown): Promise<unknown>;
  chat(person: string): Promise<readonly SeenMessage[]>;
  say(person: string, text: string): Promise<DeliveryResult>;
  press(person: string, press: Readonly<Record<string, unknown>>): Promise<DeliveryResult>;
  ledger(after: number): Promise<readonly FeedEntry[]>;
  /** Calls `look` at every event of the stream until it finds something. After `patienceMs` it fails, with `what` as the reason. */
  until<T>(what: () => string, look: () => Promise<T | null>, patienceMs?: number): Promise<T>;
  close(): void;
}

/** Connects to a running demo. A wait is woken up by the events of `people`. */
export async function openDemoClient(origin: string, people: readonly string[]): Promise<DemoClient> {
  const call = async (method: string, path: string, body?: unknown): Promise<unknown> => {
    const response = await fetch(`${origin}${path}`, {
      method,
      headers: body === undefined ? {} : { 'content-type': 'application/json' },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const text = await response.text();
    if (!response.ok) throw new Error(`${method} ${path} answered ${response.status}: ${text.slice(0, 300)}`);
    return text === '' ? null : (JSON.parse(text) as unknown);
  };

  const patience = new AbortController();
  const stream = await fetch(`${origin}/teams/events?people=${people.join(',')}`, { signal: patience.signal });
  let wake = Promise.withResolvers<undefined>();
  const wakeUp = (): void => {
    wake.resolve(undefined);
    wake = Promise.withResolvers<undefined>();
  };
  const listen = async (): Promise<void> => {
    if (stream.body === null) return;
    for await (const _chunk of stream.body) wakeUp();
  };
  listen().catch((error: unknown) => {
    if (!patience.signal.aborted) throw error;
  });

  return {
    call,
    chat: async (person) => ((await call('GET', `/teams/chats/${person}`)) as { messages: SeenMessage[] }).messages,
    say: async (person, text) => (await call('POST', `/teams/chats/${person}/messages`, { text })) as DeliveryResult,
    press: async (person, press) => (await call('POST', `/teams/chats/${person}/presses`, press)) as DeliveryResult,
    ledger: async (after) => ((await call('GET', `/teams/ledger?after=${after}`)) as { entries: FeedEntry[] }).entries,
    until: async (what, look, patienceMs = PATIENCE_MS) => {
      const deadline = AbortSignal.timeout(patienceMs);
      const late = new Promise<'late'>((resolve) => deadline.addEventListener('abort', () => resolve('late')));
      for (;;) {
        const next = wake.promise; // taken before the look, so that an event during the look is not missed
        const found = await look();
        if (found !== null) return found;
        if ((await Promise.race([next, late])) === 'late') {
          throw new Error(`Waited ${patienceMs / 1000} seconds without success: ${what()}.`);
        }
      }
    },
    close: () => patience.abort(),
  };
}
