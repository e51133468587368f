/**
 * The diagnostic log, for the operator; pino implements it.
 * Its fields are codes, counts, case ids and correlation ids: never a name, a phone number, what somebody wrote, or a pass.
 */

/** The fields of a log line. */
export type LogFields = Readonly<Record<string, string | number | boolean | null>>;

/** The diagnostic log. Work goes on when it fails; when the ledger fails, it does not. */
export interface Log {
  info(fields: LogFields, message: string): void;
  warn(fields: LogFields, message: string): void;
  error(fields: LogFields, message: string): void;
}
