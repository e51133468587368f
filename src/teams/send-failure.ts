/**
 * What a failed request to Teams means, according to Microsoft's table of status codes.
 * Only 412, 429, 502, 503 and 504 may be repeated. After a 500 the message may have been delivered.
 */
import { z } from 'zod';

/** A classified failure. `retryAfter`: milliseconds to wait at least before a retry; `null` when it must not be repeated. */
export interface SendFailure {
  readonly why: 'not-installed' | 'blocked' | 'throttled' | 'unreachable';
  readonly status: number;
  readonly code: string;
  readonly retryAfter: number | null;
}

const REPEATABLE = new Set([412, 429, 502, 503, 504]);
const NOT_INSTALLED = new Set(['BotNotInConversationRoster', 'ConversationNotFound', 'BotNotRegistered']);

const headers = z.custom<{ get(name: string): string | undefined }>(
  (value) => typeof value === 'object' && value !== null && 'get' in value && typeof value.get === 'function',
);
const RestError = z.object({
  statusCode: z.number().optional(),
  code: z.string().optional(),
  response: z.object({ headers, bodyAsText: z.string().nullish() }).optional(),
});
const Body = z.object({ error: z.object({ code: z.string() }) });

/** Classifies an error of the connector. Every other error means that Teams was not reached. */
export function classifySendFailure(error: unknown): SendFailure {
  const parsed = RestError.safeParse(error);
  const status = parsed.data?.statusCode ?? 0;
  const code = (codeInBody(parsed.data?.response?.bodyAsText) ?? parsed.data?.code ?? '').slice(0, 64);
  const retryAfter = REPEATABLE.has(status) ? waitAsked(parsed.data?.response?.headers.get('retry-after')) : null;
  return { why: whyOf(status, code), status, code: /^[A-Za-z0-9_-]*$/.test(code) ? code : '', retryAfter };
}

function whyOf(status: number, code: string): SendFailure['why'] {
  if (status === 429) return 'throttled';
  if (NOT_INSTALLED.has(code)) return 'not-installed';
  if (status === 403) return 'blocked';
  return 'unreachable';
}

function codeInBody(body: string | null | undefined): string | undefined {
  try {
    return Body.safeParse(JSON.parse(body ?? '')).data?.error.code;
  } catch {
    return undefined; // the page of a proxy, not an answer of the connector
  }
}

/** The connector sends seconds; the result is milliseconds. 0 for a date or anything else that is not a number. */
function waitAsked(header: string | undefined): number {
  const seconds = Number(header ?? '');
  return Number.isFinite(seconds) && seconds > 0 ? seconds * 1000 : 0;
}
