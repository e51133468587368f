/**
 * A fault: the outside failed. Carries one sentence for people and one for the log.
 * `public` and `internal` hold no name, number or pass; both may be shown or logged as they are.
 */

/** Which part of the outside failed, and how. */
export type FaultCode =
  | 'directory-denied'
  | 'directory-throttled'
  | 'directory-timeout'
  | 'directory-unreachable'
  | 'directory-unexpected'
  | 'ledger-unwritable'
  | 'ledger-corrupt'
  | 'ledger-in-use'
  | 'teams-unreachable'
  | 'configuration';

/** Thrown by the adapters, caught where a person is answered. */
export class Fault extends Error {
  readonly code: FaultCode;
  /** One or two plain sentences for the technician: what happened, what to do next. */
  readonly public: string;
  /** For the operator: status, request id, endpoint. Never a name, a number or a pass. */
  readonly internal: string;

  constructor(code: FaultCode, parts: { public: string; internal: string; cause?: unknown }) {
    super(`${code}: ${parts.internal}`, parts.cause === undefined ? undefined : { cause: parts.cause });
    this.name = 'Fault';
    this.code = code;
    this.public = parts.public;
    this.internal = parts.internal;
  }
}
