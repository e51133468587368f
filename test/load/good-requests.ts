/**
 * What Teams sends on an ordinary day, faster: a message and a click in turn, at a steady rate, each with a token that the
 * channel signed. Measures the time from the request to its whole answer.
 */
import { Agent, request as httpRequest } from 'node:http';
import { setTimeout as pause } from 'node:timers/promises';

/** One request. */
export interface GoodRequest {
  readonly authorization: string;
  readonly activity: unknown;
}

/** What was measured: milliseconds of every request that was answered with 200, and how many were not. */
export interface Measured {
  readonly milliseconds: readonly number[];
  readonly failed: number;
}

const agent = new Agent({ keepAlive: true, maxSockets: 40 });

/** Sends `perSecond` requests for `seconds`, whether or not earlier ones are answered yet. `next` makes the nth request. */
export async function sendSteadily(
  origin: string,
  { perSecond, seconds }: { readonly perSecond: number; readonly seconds: number },
  next: (n: number) => Promise<GoodRequest>,
): Promise<Measured> {
  const sent: Promise<number | null>[] = [];
  const began = performance.now();
  for (let n = 0; n < perSecond * seconds; n += 1) {
    const good = await next(n);
    const due = began + (n * 1000) / perSecond;
    if (due > performance.now()) await pause(due - performance.now());
    sent.push(timed(origin, good));
  }
  const all = await Promise.all(sent);
  const milliseconds = all.filter((took) => took !== null);
  return { milliseconds, failed: all.length - milliseconds.length };
}

/** `null` when the answer was not 200. */
function timed(origin: string, { authorization, activity }: GoodRequest): Promise<number | null> {
  const body = JSON.stringify(activity);
  const headers = { authorization, 'content-type': 'application/json', 'content-length': Buffer.byteLength(body) };
  return new Promise((resolve) => {
    const began = performance.now();
    const request = httpRequest(`${origin}/api/messages`, { method: 'POST', agent, headers }, (response) => {
      response.resume().on('end', () => resolve(response.statusCode === 200 ? performance.now() - began : null));
    });
    request.on('error', () => resolve(null));
    request.end(body);
  });
}
