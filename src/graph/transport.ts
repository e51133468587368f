/**
 * The last link of the SDK's middleware chain: one HTTP exchange, over connections that stay open between calls. One
 * `execute` is one request on the wire, whatever the answer. It follows no redirect and repeats nothing, which is why
 * it does not use fetch: fetch repeats a POST after 421.
 */
import { Agent, request } from 'undici';
import type { Middleware } from '@microsoft/microsoft-graph-client';

/**
 * Two minutes, in milliseconds. Helpdesk traffic is sparse: with the usual 4 seconds, nearly every look-up would need a
 * TLS handshake. Much longer does not help, because load balancers drop idle connections after about four minutes.
 */
export const KEEP_ALIVE_MS = 120_000;
const MAX_ANSWER_BYTES = 16 * 1024 * 1024;
const NO_BODY = new Set([204, 205, 304]);

/** The last link of the chain, with what the client needs to know about it. */
interface Transport extends Middleware {
  /** True once a request with this signal was handed to the network. */
  wasSent(signal: AbortSignal): boolean;
  close(): Promise<void>;
}

/**
 * Opens the transport. With `origin`, requests go there instead of to the host of their URL: this is how the emulated
 * tenant is reached, because the SDK attaches tokens and request ids only to URLs of real Graph hosts.
 */
export function openTransport(origin: string | null): Transport {
  const agent = new Agent({
    keepAliveTimeout: KEEP_ALIVE_MS,
    keepAliveMaxTimeout: KEEP_ALIVE_MS,
    // Over HTTP/2 the library sends a refused stream again, but one execute must be one request.
    allowH2: false,
    maxResponseSize: MAX_ANSWER_BYTES,
  });
  const sent = new WeakSet<AbortSignal>();

  return {
    async execute(context) {
      const asked = new URL(String(context.request));
      const target = origin === null ? asked : new URL(asked.pathname + asked.search, origin);
      const { method = 'GET', headers, body, signal } = context.options ?? {};
      if (signal) {
        signal.throwIfAborted();
        sent.add(signal);
      }
      const answer = await request(target, {
        dispatcher: agent,
        method: method as 'GET' | 'POST' | 'DELETE',
        headers: Object.fromEntries(new Headers(headers)),
        body: typeof body === 'string' ? body : null,
        signal: signal ?? null,
      });
      // The body is read here and not by the SDK, so that a truncated one counts as a broken connection.
      const text = await answer.body.text();
      const kept = new Headers();
      for (const [name, value] of Object.entries(answer.headers)) {
        if (value !== undefined) kept.set(name, Array.isArray(value) ? value.join(', ') : value);
      }
      context.response = new Response(NO_BODY.has(answer.statusCode) ? null : text, {
        status: answer.statusCode,
        headers: kept,
      });
    },
    wasSent: (signal) => sent.has(signal),
    close: () => agent.close(),
  };
}
