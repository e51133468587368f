/**
 * Sends one request to Graph and returns one answer. Only this file drives Microsoft's SDK. `ask` never throws because
 * of what happens outside: every call ends in time, with an Answer.
 */
import { setTimeout as pause } from 'node:timers/promises';
import { AuthenticationHandler, Client, GraphError, ResponseType } from '@microsoft/microsoft-graph-client';
import { authenticationOf, emulatedOriginOf, graphHostOf } from './connection.ts';
import type { TenantConnection } from './connection.ts';
import type { Answer } from './answer.ts';
import type { GraphPath } from './odata.ts';
import { openTransport } from './transport.ts';
import { measureClock } from './clock.ts';
import type { MeasuredClock, OnClock, OnTime } from './clock.ts';
import { retryAfterMs, retryReads, SentOnce } from './retry-reads.ts';
import type { Wait } from './retry-reads.ts';
import { leftUntil, REAL_TIMING, startDeadline } from '../casework/ports/runtime.ts';
import type { Deadline, Timing } from '../casework/ports/runtime.ts';
import { turnId } from '../casework/ports/turn-id.ts';

/** The longest a call may take, retries and sign-in included, in milliseconds. */
const TIMEOUT_MS = 8000;

/** What is reported about a finished call, for logs and metrics: no path, no id of a person, no body. */
export interface CallReport {
  readonly call: string;
  readonly status: number | null;
  readonly milliseconds: number;
  readonly clientRequestId: string;
  readonly requestId: string | null;
}

/** What the client needs from outside. */
export interface ClientOptions {
  readonly tenant: TenantConnection;
  readonly now: () => number;
  /** The clock of the machine, which is compared with Microsoft's; default: `now`. */
  readonly machineClock?: () => number;
  readonly newId: () => string;
  readonly observe?: (report: CallReport) => void;
  readonly onClock?: OnClock;
  readonly onTime?: OnTime;
  /** Default: `TIMEOUT_MS`. */
  readonly timeoutMs?: number;
  readonly wait?: Wait;
  /** Default: real time. */
  readonly timing?: Timing;
}

/** One request. */
interface Question {
  /** Stable name for logs and metrics. */
  readonly call: string;
  readonly method: 'GET' | 'POST' | 'DELETE';
  readonly path: GraphPath;
  readonly version?: 'v1.0' | 'beta';
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: Readonly<Record<string, unknown>>;
  /** Never repeated, whatever the answer: for requests that a limit counts before they are sent. */
  readonly once?: boolean;
  /** Sent as `client-request-id`; when absent, the id of the turn, and outside of every turn a new one. */
  readonly requestId?: string;
  /** How long the answer is waited for, in milliseconds; as for every call when absent. */
  readonly timeoutMs?: number;
}

/** Sends requests to Graph. */
export interface GraphClient {
  ask(question: Question): Promise<Answer>;
  /** The tenant's Graph host, the only one that links to further pages may lead to. */
  readonly graphHost: string;
  /** Our clock against Microsoft's, as the answers tell. */
  readonly clock: MeasuredClock;
  /** Pauses, but not beyond the time that is left. */
  readonly wait: Wait;
  /** Milliseconds that are left for all calls of this client; infinite without a deadline. A longer pause is of no use. */
  left(): number;
  /** The same client, whose calls end with a turn's deadline at the latest; itself without one. */
  until(deadline: Deadline | undefined): GraphClient;
  /**
   * The same client, with one deadline for all of its calls, `timeoutMs` from now: for work that takes several round
   * trips. A client that already has a shared deadline keeps it.
   */
  withOneDeadline(): GraphClient;
  close(): Promise<void>;
}

/** What bounds the calls of a client: the time left for all of them, and what ends them. */
interface Bounds {
  readonly left: () => number;
  readonly signals: readonly AbortSignal[];
  /** Whether its calls share a deadline of `timeoutMs` already. */
  readonly shared: boolean;
}

const UNBOUND: Bounds = { left: () => Infinity, signals: [], shared: false };

const waitForReal: Wait = async (milliseconds, signal) => {
  await pause(milliseconds, undefined, signal === undefined ? {} : { signal });
};

function parsed(text: string): unknown {
  try {
    return text === '' ? undefined : (JSON.parse(text) as unknown);
  } catch {
    return undefined; // not JSON: no shape accepts `undefined`, and the status says the rest
  }
}

/** What a failed exchange means. The error object is not passed on: it may quote what was sent. */
function unansweredBecause(error: unknown, timedOut: boolean, sent: boolean): Answer {
  if (timedOut) return { kind: 'unanswered', why: 'timeout', sent };
  // When the sign-in was refused, the SDK's error carries the credential's error as its code.
  const refused = !sent && error instanceof GraphError && /^(Aggregate)?Authentication/.test(error.code ?? '');
  return { kind: 'unanswered', why: refused ? 'denied' : 'unreachable', sent };
}

/**
 * Rejects when the signal aborts, even if the work ignores the signal (fetching a token does). Nothing of the work stays with
 * the signal: Node keeps a signal that somebody listens to, and with it this answer, which may hold a pass.
 */
function within<T>(signal: AbortSignal, work: Promise<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    const late = (): void => reject(new Error('timed out'));
    if (signal.aborted) late();
    signal.addEventListener('abort', late, { once: true });
    void work.then(resolve, reject).finally(() => signal.removeEventListener('abort', late));
  });
}

/** Connects to the tenant without making a request. Throws TypeError for an emulated tenant on another machine. */
export function openClient(options: ClientOptions): GraphClient {
  const { tenant, now, newId, observe, timeoutMs = TIMEOUT_MS, wait = waitForReal, timing = REAL_TIMING } = options;
  const graphHost = graphHostOf(tenant);
  const { machineClock = now, onTime } = options;
  const clock = measureClock(machineClock, options.onClock);
  const transport = openTransport(emulatedOriginOf(tenant));
  /** The time that is left for a call, by its signal: the SDK hands nothing else on to the chain. */
  const leftOf = new WeakMap<AbortSignal, () => number>();
  const sdk = Client.initWithMiddleware({
    baseUrl: `${graphHost}/`,
    defaultVersion: 'v1.0',
    middleware: [
      new AuthenticationHandler(authenticationOf(tenant)),
      retryReads(wait, now, (signal) => leftOf.get(signal)?.() ?? Infinity),
      transport,
    ],
  });

  async function exchange(question: Question, clientRequestId: string, signal: AbortSignal): Promise<Answer> {
    const sentAt = machineClock();
    const began = timing.clock();
    const request = sdk
      .api(question.path)
      .version(question.version ?? 'v1.0')
      .headers({ ...question.headers, 'client-request-id': clientRequestId })
      .option('signal', signal)
      .middlewareOptions(question.once === true ? [new SentOnce()] : [])
      // Raw, because the SDK throws on empty JSON, and its errors contain the body, which may hold a pass.
      .responseType(ResponseType.RAW);
    const response = (await (question.method === 'GET'
      ? request.get()
      : question.method === 'DELETE'
        ? request.delete()
        : request.post(question.body ?? {}))) as Response;
    const theirs = clock.measure(sentAt, machineClock(), response.headers);
    // The header has whole seconds, and was written at any moment between the request and its answer.
    if (theirs !== null) onTime?.(theirs, theirs + 999 + Math.ceil(timing.clock() - began));
    return {
      kind: 'answered',
      status: response.status,
      body: parsed(await response.text()),
      retryAfterMs: retryAfterMs(response.headers.get('retry-after'), now()),
      requestId: response.headers.get('request-id'),
    };
  }

  async function ask(question: Question, bounds: Bounds): Promise<Answer> {
    const clientRequestId = question.requestId ?? turnId() ?? newId();
    const startedAt = now();
    const longest = question.timeoutMs ?? timeoutMs;
    const deadline = startDeadline(Math.min(longest, bounds.left()), timing, bounds.signals);
    const { signal } = deadline;
    leftOf.set(signal, () => deadline.left());
    let answer: Answer;
    try {
      answer = await within(signal, exchange(question, clientRequestId, signal));
    } catch (error) {
      answer = unansweredBecause(error, signal.aborted, transport.wasSent(signal));
    } finally {
      deadline.end();
    }
    observe?.({
      call: question.call,
      status: answer.kind === 'answered' ? answer.status : null,
      milliseconds: now() - startedAt,
      clientRequestId,
      requestId: answer.kind === 'answered' ? answer.requestId : null,
    });
    return answer;
  }

  async function waitWithin(bounds: Bounds, milliseconds: number): Promise<void> {
    // A millisecond more, because the time that is left is rounded down: after the pause, nothing may be left of it.
    const deadline = startDeadline(bounds.left() + 1, timing, bounds.signals);
    try {
      await wait(milliseconds, deadline.signal);
    } catch (error) {
      if (!deadline.signal.aborted) throw error; // the next call reports that time is up
    } finally {
      deadline.end();
    }
  }

  function clientWithin(bounds: Bounds): GraphClient {
    const client: GraphClient = {
      ...{ graphHost, clock },
      ask: (question) => ask(question, bounds),
      wait: bounds === UNBOUND ? wait : (milliseconds) => waitWithin(bounds, milliseconds),
      left: bounds.left,
      until(deadline) {
        if (deadline === undefined) return client;
        const left = (): number => Math.min(bounds.left(), deadline.left());
        return clientWithin({ ...bounds, left, signals: [...bounds.signals, deadline.signal] });
      },
      withOneDeadline() {
        if (bounds.shared) return client;
        const endsAt = timing.clock() + timeoutMs;
        const left = (): number => Math.min(bounds.left(), leftUntil(endsAt, timing));
        return clientWithin({ ...bounds, left, shared: true });
      },
      close: () => transport.close(),
    };
    return client;
  }

  return clientWithin(UNBOUND);
}
