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
import { retryAfterMs, retryReads, SentOnce } from './retry-reads.ts';
import type { Wait } from './retry-reads.ts';

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
  readonly newId: () => string;
  readonly observe?: (report: CallReport) => void;
  /** Default: `TIMEOUT_MS`. */
  readonly timeoutMs?: number;
  readonly wait?: Wait;
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
  /** Sent as `client-request-id`; a new id when absent. */
  readonly requestId?: string;
}

/** Sends requests to Graph. */
export interface GraphClient {
  ask(question: Question): Promise<Answer>;
  /** Pauses, but not beyond the shared deadline. */
  readonly wait: Wait;
  /**
   * The same client, with one deadline for all of its calls, `timeoutMs` from now: for work that takes several round
   * trips. A client that already has a shared deadline keeps it.
   */
  withOneDeadline(): GraphClient;
  close(): Promise<void>;
}

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

/** Rejects when the signal aborts, even if the work ignores the signal (fetching a token does). */
function within<T>(signal: AbortSignal, work: Promise<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    if (signal.aborted) reject(new Error('timed out'));
    signal.addEventListener(
      'abort',
      () => {
        reject(new Error('timed out'));
      },
      { once: true },
    );
    work.then(resolve, reject);
  });
}

/** Connects to the tenant without making a request. Throws TypeError for an emulated tenant on another machine. */
export function openClient(options: ClientOptions): GraphClient {
  const { tenant, now, newId, observe, timeoutMs = TIMEOUT_MS, wait = waitForReal } = options;
  const transport = openTransport(emulatedOriginOf(tenant));
  const sdk = Client.initWithMiddleware({
    baseUrl: `${graphHostOf(tenant)}/`,
    defaultVersion: 'v1.0',
    middleware: [new AuthenticationHandler(authenticationOf(tenant)), retryReads(wait, now), transport],
  });

  async function exchange(question: Question, clientRequestId: string, signal: AbortSignal): Promise<Answer> {
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
    return {
      kind: 'answered',
      status: response.status,
      body: parsed(await response.text()),
      retryAfterMs: retryAfterMs(response.headers.get('retry-after'), now()),
      requestId: response.headers.get('request-id'),
    };
  }

  async function ask(question: Question, common: AbortSignal | null): Promise<Answer> {
    const clientRequestId = question.requestId ?? newId();
    const startedAt = now();
    const deadline = new AbortController();
    const signal = common === null ? deadline.signal : AbortSignal.any([deadline.signal, common]);
    const timer = setTimeout(() => {
      deadline.abort();
    }, timeoutMs);
    let answer: Answer;
    try {
      answer = await within(signal, exchange(question, clientRequestId, signal));
    } catch (error) {
      answer = unansweredBecause(error, signal.aborted, transport.wasSent(signal));
    } finally {
      clearTimeout(timer);
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

  async function waitUntil(common: AbortSignal, milliseconds: number): Promise<void> {
    try {
      await wait(milliseconds, common);
    } catch (error) {
      if (!common.aborted) throw error; // the next call reports that time is up
    }
  }

  function clientUntil(common: AbortSignal | null): GraphClient {
    const client: GraphClient = {
      ask: (question) => ask(question, common),
      wait: common === null ? wait : (milliseconds) => waitUntil(common, milliseconds),
      withOneDeadline: () => (common === null ? clientUntil(AbortSignal.timeout(timeoutMs)) : client),
      close: () => transport.close(),
    };
    return client;
  }

  return clientUntil(null);
}
