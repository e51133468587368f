/**
 * The diagnostic log as casework sees it. pino fits; it is handed in.
 * The one rule kept here: fields are codes, counts, ids of cases and correlation ids. No name, number, message or pass.
 */

/** What may stand in a log line. */
export type LogFields = Readonly<Record<string, string | number | boolean | null>>;

/** Diagnostics for the operator. It may fail without stopping anything; the ledger may not. */
export interface Log {
  info(fields: LogFields, message: string): void;
  warn(fields: LogFields, message: string): void;
  error(fields: LogFields, message: string): void;
}
