/**
 * A fault: something outside our control failed (the directory, the ledger, Teams, the configuration).
 * Its code decides the sentence people read, in their language; `internal` is for the operator.
 */

/** Which part of the outside failed, and how. */
export type FaultCode =
  | 'directory-denied'
  | 'directory-not-licensed'
  | 'directory-throttled'
  | 'directory-timeout'
  | 'directory-unreachable'
  | 'directory-unexpected'
  | 'ledger-unwritable'
  | 'ledger-unreadable'
  | 'ledger-corrupt'
  | 'ledger-in-use'
  | 'teams-unreachable'
  | 'configuration';

/** Thrown by the adapters, caught where a person is answered. */
export class Fault extends Error {
  readonly code: FaultCode;
  /** For the operator: status, request id, endpoint. Never a name, a number or a pass: it is logged as it is. */
  readonly internal: string;

  constructor(code: FaultCode, parts: { internal: string; cause?: unknown }) {
    super(`${code}: ${parts.internal}`, parts.cause === undefined ? undefined : { cause: parts.cause });
    this.name = 'Fault';
    this.code = code;
    this.internal = parts.internal;
  }
}

/** Whether this is the fault of a ledger that cannot be written. Whatever was to be written was not, and nothing guarded may follow. */
export function isUnwritable(error: unknown): boolean {
  return error instanceof Fault && error.code === 'ledger-unwritable';
}
