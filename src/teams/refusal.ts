/**
 * Why a request is refused before a turn starts. The client sees the code, so a code reveals nothing about the bot; the metrics
 * count by code, so the list is closed.
 */

/** Every code with which a request to /api/messages can be refused. */
export const REFUSAL_CODES = [
  'activity-malformed',
  'body-cut-off',
  'body-too-large',
  'body-too-slow',
  'channel-not-accepted',
  'encoded-body',
  'loopback-only',
  'malformed-json',
  'not-an-object',
  'not-json',
  'service-url-mismatch',
  'service-url-not-accepted',
  'signing-keys-unavailable',
  'tenant-not-accepted',
  'token-audience',
  'token-issuer',
  'token-malformed',
  'token-not-accepted',
  'token-tenant',
  'token-time',
  'too-many-checks',
  'unsound-json',
] as const;

/** The code of a refusal. */
export type RefusalCode = (typeof REFUSAL_CODES)[number];

/** A refused request. 503 says that the same request may be accepted later; every other status says that it will not. */
export type Refusal =
  | { readonly kind: 'refused'; readonly status: 400 | 401 | 403 | 408 | 413 | 415; readonly code: RefusalCode }
  | {
      readonly kind: 'refused';
      readonly status: 503;
      readonly code: RefusalCode;
      /** Seconds after which to try again, at least 1. */
      readonly retryAfterSeconds: number;
    };

/** A refusal for good. */
export function refusal(status: 400 | 401 | 403 | 408 | 413 | 415, code: RefusalCode): Refusal {
  return { kind: 'refused', status, code };
}

/** A refusal for now. */
export function notNow(code: RefusalCode, retryAfterSeconds: number): Refusal {
  return { kind: 'refused', status: 503, code, retryAfterSeconds: Math.max(1, Math.ceil(retryAfterSeconds)) };
}
