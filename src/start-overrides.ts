/**
 * What a start takes from its caller in place of the real thing: for tests and for the demo.
 */
import type { DestinationStream } from 'pino';
import type { Timing } from './casework/ports/runtime.ts';
import type { Instant } from './procedure/facts.ts';

/** What a test or the demo can replace. */
export interface StartOverrides {
  readonly now?: () => Instant;
  readonly newId?: () => string;
  /** Where log lines go; standard output otherwise. */
  readonly logTo?: DestinationStream;
  /** Where checkpoints go, a JSON line each; standard output otherwise. */
  readonly onCheckpoint?: (text: string) => void;
  /** How to wait before a retry, and until a new chat can be used; real time otherwise. */
  readonly wait?: (milliseconds: number, signal?: AbortSignal) => Promise<void>;
  /** A clock that is never set, for the limits of Microsoft; `now` otherwise. */
  readonly steadyClock?: () => number;
  /** How turns and requests measure their time; real time otherwise. */
  readonly timing?: Timing;
  /** How long one request to Teams may take, in milliseconds. */
  readonly connectorTimeout?: number;
  /** Other processes may work on the same ledger, which is not locked for this one then. */
  readonly besideOthers?: boolean;
  /** Starts no timers: waiting cases are checked only when `tick` is called. */
  readonly withoutTimers?: boolean;
  /** Report reads allowed in ten seconds, in place of Microsoft's five; for an emulated tenant without limits. */
  readonly reportLimit?: number;
}
