/**
 * The diagnostic log, for the operator; pino implements it.
 * Its fields are codes, counts, case ids and correlation ids: never a name, a phone number, what somebody wrote, or a pass.
 */

import { turnId } from './turn-id.ts';

/** The field that every line of a turn carries beside its own: the id of the turn. */
export function turnOfLine(): LogFields {
  const turn = turnId();
  return turn === null ? {} : { turn };
}

/** The fields of a log line. */
export type LogFields = Readonly<Record<string, string | number | boolean | null>>;

/** The diagnostic log. Work goes on when it fails; when the ledger fails, it does not. */
export interface Log {
  info(fields: LogFields, message: string): void;
  warn(fields: LogFields, message: string): void;
  error(fields: LogFields, message: string): void;
}
