/**
 * Graph's answer to one request, and how it becomes a Reading or a Fault. A missing answer, an answer of the wrong
 * shape and a refusal all count as unread; none of them becomes an empty value.
 */
import { z } from 'zod';
import type { Reading, UnreadReason } from '../procedure/facts.ts';
import { Fault } from '../casework/ports/fault.ts';
import type { FaultCode } from '../casework/ports/fault.ts';

/** One answer. `body` is the parsed JSON; `undefined` when there was no body or it was not JSON. */
export type Answer =
  | {
      readonly kind: 'answered';
      readonly status: number;
      readonly body: unknown;
      readonly retryAfterMs: number | null;
      readonly requestId: string | null;
    }
  | {
      readonly kind: 'unanswered';
      readonly why: UnreadReason;
      /** False only when it is certain that Graph never saw the request. */
      readonly sent: boolean;
    };

const errorBody = z.looseObject({
  error: z.looseObject({ code: z.string().min(1), message: z.string().nullish() }),
});

/** Graph's error code, or `null` when the answer is not one of Graph's own errors (a proxy's page, for instance). */
function errorCode(answer: Answer): string | null {
  const parsed = answer.kind === 'answered' ? errorBody.safeParse(answer.body) : null;
  return parsed?.success === true ? parsed.data.error.code : null;
}

/** Graph's error message, used only to tell apart causes that share a code. It is never shown or logged. */
export function errorMessage(answer: Answer): string {
  const parsed = answer.kind === 'answered' ? errorBody.safeParse(answer.body) : null;
  return parsed?.success === true ? (parsed.data.error.message ?? '') : '';
}

/** True when Graph itself says that something does not exist. A 404 without Graph's error body proves nothing. */
export function isNotFound(answer: Answer): boolean {
  return answer.kind === 'answered' && answer.status === 404 && errorCode(answer) !== null;
}

const LICENSE_CODES = new Set(['Authentication_RequestFromNonPremiumTenantOrB2CTenant', 'AadPremiumLicenseRequired']);

function lacksLicense(answer: Answer): boolean {
  if (LICENSE_CODES.has(errorCode(answer) ?? '')) return true;
  // ID Protection has no error code for a missing plan: it answers 403 `Forbidden`, and only the message says why.
  return errorCode(answer) === 'Forbidden' && /\blicen[sc]/i.test(errorMessage(answer));
}

/** Why an answer with an unexpected status counts as unread. */
export function whyUnread(answer: Answer): UnreadReason {
  if (answer.kind !== 'answered') return answer.why;
  const { status } = answer;
  if ((status === 400 || status === 403) && lacksLicense(answer)) return 'not-licensed';
  if (status === 401 || status === 403) return 'denied';
  if (status === 404) return 'missing';
  if (status === 429) return 'throttled';
  if (status === 408 || status === 504) return 'timeout';
  if (status >= 500) return 'unreachable';
  return 'unknown-shape';
}

/** A fact that could not be read. */
export function unread(why: UnreadReason): { readonly kind: 'unread'; readonly why: UnreadReason } {
  return { kind: 'unread', why };
}

/** A fact that was read. */
export function read<T>(value: T): { readonly kind: 'read'; readonly value: T } {
  return { kind: 'read', value };
}

/** Parses a 200 with `shape`; anything else is unread. */
export function readingOf<T>(answer: Answer, shape: z.ZodType<T>): Reading<T> {
  if (answer.kind !== 'answered' || answer.status !== 200) return unread(whyUnread(answer));
  const parsed = shape.safeParse(answer.body);
  return parsed.success ? read(parsed.data) : unread('unknown-shape');
}

/** Changes the value of a reading; an unread one stays unread. */
export function mapReading<T, U>(reading: Reading<T>, change: (value: T) => U): Reading<U> {
  return reading.kind === 'read' ? read(change(reading.value)) : reading;
}

const FAULTS: Readonly<Record<UnreadReason, FaultCode>> = {
  denied: 'directory-denied',
  'not-licensed': 'directory-not-licensed',
  'not-granted': 'directory-denied',
  throttled: 'directory-throttled',
  timeout: 'directory-timeout',
  unreachable: 'directory-unreachable',
  'unknown-shape': 'directory-unexpected',
  missing: 'directory-unexpected',
  'not-asked': 'directory-unexpected',
  stale: 'directory-unexpected',
  'not-confirmed': 'directory-unexpected',
};

/** The Fault for a failed read outside the procedure's facts. `call` is the name of the call, never a path. */
export function faultOf(call: string, why: UnreadReason, answer?: Answer): Fault {
  const seen =
    answer?.kind === 'answered' ? `status ${answer.status}, request-id ${answer.requestId ?? 'none'}` : 'no answer';
  return new Fault(FAULTS[why], { internal: `${call}: ${why}, ${seen}` });
}
