/**
 * Watches the HTTP requests of this process from both ends, as Node and undici report them. While client and server agree about
 * how many are under way, nothing is traveling between them.
 */
import { channel } from 'node:diagnostics_channel';
import type { EventEmitter } from 'node:events';

/** What is under way. */
export interface HttpTraffic {
  /** Requests begun and not ended, as the clients and as the servers of this process see them. */
  underWay(): { readonly clients: number; readonly servers: number };
  /** Grows with everything that happens. */
  events(): number;
  /** Stops watching. */
  end(): void;
}

type Listener = (message: unknown) => void;

/** Starts watching. Requests that are under way already are not counted. */
export function watchHttpTraffic(): HttpTraffic {
  let clients = 0;
  let servers = 0;
  let events = 0;
  const undici = new Set<object>();
  const until = (closing: EventEmitter, ended: () => void): void => {
    closing.once('close', () => {
      events += 1;
      ended();
    });
  };
  const undiciEnds: Listener = (message) => {
    events += 1;
    undici.delete((message as { request: object }).request);
  };
  const listeners: Readonly<Record<string, Listener>> = {
    'http.client.request.created': (message) => {
      events += 1;
      clients += 1;
      until((message as { request: EventEmitter }).request, () => (clients -= 1));
    },
    'http.server.request.start': (message) => {
      events += 1;
      servers += 1;
      until((message as { response: EventEmitter }).response, () => (servers -= 1));
    },
    'undici:request:create': (message) => {
      events += 1;
      undici.add((message as { request: object }).request);
    },
    'undici:request:trailers': undiciEnds,
    'undici:request:error': undiciEnds,
  };
  for (const [name, listener] of Object.entries(listeners)) channel(name).subscribe(listener);
  return {
    underWay: () => ({ clients: clients + undici.size, servers }),
    events: () => events,
    end: () => {
      for (const [name, listener] of Object.entries(listeners)) channel(name).unsubscribe(listener);
    },
  };
}
