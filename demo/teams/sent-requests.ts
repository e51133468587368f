/**
 * Every request that the bot sent to the emulated connector, so that a test can say which turn each belongs to. Nothing of the
 * message is kept.
 */
import type { Route } from './http.ts';

/** One request of the bot. */
export interface SentRequest {
  readonly method: string;
  /** Without query. */
  readonly path: string;
  /** As the bot sent it, in the header in which Microsoft's client names a request. */
  readonly requestId: string;
}

const KEPT = 20_000;

/** The same routes; every request to them is noted in `sent`, which keeps the last 20,000. */
export function noting(routes: readonly Route[], sent: SentRequest[]): readonly Route[] {
  return routes.map((route) => ({
    ...route,
    handle: (call) => {
      const id = call.request.headers['x-ms-client-request-id'];
      sent.push({ method: route.method, path: call.url.pathname, requestId: typeof id === 'string' ? id : '' });
      if (sent.length > KEPT) sent.shift();
      return route.handle(call);
    },
  }));
}
