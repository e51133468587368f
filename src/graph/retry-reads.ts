/**
 * When a request is sent again: reads only, at most twice, with at most six seconds of waiting. A request that changes
 * anything is sent once, because creating a pass again would replace the one that is just being read out.
 *
 * This takes the place of the SDK's RetryHandler, which repeats POSTs after 429, 503 and 504, keeps sleeping after an
 * abort, waits up to three minutes, and never repeats a read whose kept-alive connection turned out to be dead.
 */
import type { Context, Middleware, MiddlewareOptions } from '@microsoft/microsoft-graph-client';

/** Pauses; rejects as soon as the signal aborts. An argument, so that tests need not wait. */
export type Wait = (milliseconds: number, signal?: AbortSignal) => Promise<void>;

/**
 * Given with a request that must go out once only. Requests to the reports and to ID Protection are counted before they
 * are sent; one that this file repeated would not be.
 */
export class SentOnce implements MiddlewareOptions {
  /** The SDK tells options apart by their class. */
  readonly once = true;
}

/** The most retries of one read. */
const MAX_RETRIES = 2;
/** The longest wait of all retries together, in milliseconds. A caller is on the phone, and Teams gives up after about ten seconds. */
export const MAX_WAIT_MS = 6000;

const WORTH_REPEATING = new Set([429, 503, 504]);

/**
 * True for requests that change nothing: every GET, and the POSTs that Graph uses for some reads.
 * `$batch` is one of them because batch.ts accepts only reads.
 */
export function changesNothing(method: string, url: string): boolean {
  if (method === 'GET') return true;
  const { pathname } = new URL(url);
  return method === 'POST' && /^\/v1\.0\/(\$batch|users\/[^/]+\/checkMemberGroups)$/.test(pathname);
}

/** `Retry-After` in milliseconds: seconds (Graph sends decimals) or an HTTP date; `null` when absent or unreadable. */
export function retryAfterMs(header: string | null, now: number): number | null {
  if (header === null || header.trim() === '') return null;
  const seconds = Number(header);
  const ms = Number.isNaN(seconds) ? Date.parse(header) - now : seconds * 1000;
  return Number.isFinite(ms) ? Math.max(0, Math.round(ms)) : null;
}

/**
 * How long to wait before the next try, in milliseconds; `null` = do not try again.
 * `status` is `null` when the connection broke.
 */
export function pauseBeforeRetry(last: {
  readonly status: number | null;
  readonly retryAfterMs: number | null;
  readonly retriesSoFar: number;
  readonly waitedMs: number;
}): number | null {
  if (last.retriesSoFar >= MAX_RETRIES) return null;
  if (last.status !== null && !WORTH_REPEATING.has(last.status)) return null;
  // A connection that was kept open for minutes may be dead. The first retry, on a new one, needs no pause.
  const byDefault = last.status === null && last.retriesSoFar === 0 ? 0 : 1000 * 2 ** last.retriesSoFar;
  const pause = last.retryAfterMs ?? byDefault;
  return last.waitedMs + pause <= MAX_WAIT_MS ? pause : null;
}

/**
 * The link of the SDK's middleware chain that repeats reads. `now` is the clock, for a `Retry-After` that is a date. A read whose
 * pause would take all the time that is left for it (`leftOf` its signal, in milliseconds) is not repeated: its caller learns at
 * once why there is no answer.
 */
export function retryReads(wait: Wait, now: () => number, leftOf: (signal: AbortSignal) => number): Middleware {
  let next: Middleware | undefined;

  async function tryOnce(context: Context): Promise<{ status: number | null; retryAfterMs: number | null }> {
    try {
      await next?.execute(context);
    } catch (error) {
      if (context.options?.signal?.aborted === true) throw error;
      return { status: null, retryAfterMs: null };
    }
    const { response } = context;
    if (response === undefined) throw new TypeError('The chain ended without a response.');
    return { status: response.status, retryAfterMs: retryAfterMs(response.headers.get('retry-after'), now()) };
  }

  return {
    async execute(context) {
      const once = context.middlewareControl?.getMiddlewareOptions(SentOnce) !== undefined;
      if (once || !changesNothing(context.options?.method ?? 'GET', String(context.request))) {
        await next?.execute(context);
        return;
      }
      let waitedMs = 0;
      for (let retriesSoFar = 0; ; retriesSoFar += 1) {
        const last = await tryOnce(context);
        const pause = pauseBeforeRetry({ ...last, retriesSoFar, waitedMs });
        const signal = context.options?.signal ?? undefined;
        if (pause === null || (signal !== undefined && pause >= leftOf(signal))) {
          if (last.status === null) throw new TypeError('The connection broke, also after retrying.');
          return;
        }
        if (pause > 0) await wait(pause, signal);
        waitedMs += pause;
      }
    },
    setNext(middleware) {
      next = middleware;
    },
  };
}
