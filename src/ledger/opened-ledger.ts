/**
 * What it takes to open the ledger, and what an opened one can do beyond the port of casework.
 */
import type { KeyObject } from 'node:crypto';
import type { SourceDelays } from '../procedure/ages.ts';
import type { Instant, PersonId } from '../procedure/facts.ts';
import type { Actor, Ledger } from '../casework/ports/ledger.ts';
import type { Timing } from '../casework/ports/runtime.ts';
import type { Leases } from '../casework/ports/leases.ts';
import type { ShippingSource } from '../casework/ports/ledger-stream.ts';
import type { TenantIndex } from '../casework/ports/tenant-index.ts';
import type { Erasure } from './erase.ts';
import type { AboutPerson } from './export.ts';
import type { TakenIn } from './exports-made.ts';
import type { StartKind } from './start.ts';
import type { Verdict } from './verify.ts';

/** What the ledger needs to open. */
export interface LedgerOptions {
  /** Path of the database file, on a local disk. Made when missing, with its folder. */
  readonly file: string;
  /** The clock, looked at once: a machine whose clock is far behind the ledger must not judge what is fresh. */
  readonly now: () => Instant;
  /** Names a new ledger; asked once in its life. */
  readonly newId: () => string;
  /** Ed25519 private key that signs checkpoints and seals the ledger; without it neither is done. */
  readonly signingKey?: KeyObject;
  /** The key that was in use before `signingKey`: needed once, when the key is changed. */
  readonly formerKey?: KeyObject;
  /** Checkpoints kept elsewhere, as text: the ledger must contain each one that is signed with its key. */
  readonly knownCheckpoints?: readonly string[];
  /** What the operator said about this start; `as-usual` by default. See start.ts. */
  readonly start?: StartKind;
  /** Files that show that there was a ledger here; see `ledgerTraces`. */
  readonly traces?: readonly string[];
  /** From this many entries on, the start verifies only the newest ones, and the rest beside the work. */
  readonly verifyTailFrom?: number;
  /** Told once, when somebody else wrote to the ledger, or when it is found damaged: nothing is written from then on. Must not throw. */
  readonly onStopped?: (why: string) => void;
  /** What an operator should look at although the ledger opens, in a sentence. Must not throw. */
  readonly onWarning?: (sentence: string) => void;
  /** Gets each checkpoint as text, to be kept outside of this machine. Must not throw. */
  readonly onCheckpoint?: (text: string) => void;
  /** Salt of details and cases; unguessable by default. */
  readonly newSalt?: () => string;
  /** Key of the digests in the tenant index; without it, one is kept beside the ledger. See index-key.ts. */
  readonly indexKey?: KeyObject;
  /** Told when the tenant index was written with another key, and how many facts it therefore forgot. Must not throw. */
  readonly onNewIndexKey?: (forgotten: number) => void;
  /** How late Microsoft's sources may be; asked at every update of the tenant index. */
  readonly sourceDelays?: () => SourceDelays;
  /**
   * The number of the newest entry, when an operator has confirmed that the clock was wrong as it was written. The ledger then
   * opens although that entry is more than a day ahead.
   */
  readonly aheadEntry?: number | null;
  /** Told when that was needed, and how far ahead the entry is, in milliseconds. Must not throw. */
  readonly onAheadAccepted?: (entry: number, aheadMs: number) => void;
  /** How the wait for the lock of another program is measured; real time otherwise. */
  readonly timing?: Timing;
}

/** The ledger, opened: the port of casework and what operators need. */
export interface OpenedLedger extends Ledger {
  /** What is remembered of the tenant, in the same database. */
  readonly tenantIndex: TenantIndex;
  /** What one process at a time may do. */
  readonly leases: Leases;
  /** The entries for a SIEM, and how far each destination has them. */
  readonly shipping: ShippingSource;
  /** Verifies everything, off the main thread. */
  verify(): Promise<Verdict>;
  /** Resolves when the whole ledger was verified since the start: at once for a short one, beside the work for a long one. */
  verifiedWhole(): Promise<void>;
  /** Why nothing is written any more; `null` while all is well. */
  stopped(): string | null;
  /** Makes a checkpoint now, hands it to `onCheckpoint`, and returns its text. To be called at least every hour. */
  checkpoint(): Promise<string>;
  exportAbout(person: PersonId): Promise<AboutPerson>;
  /** Writes the entries of the exports that `ledger:export` made. To be called every minute. See exports-made.ts. */
  takeInExports(at: Instant): Promise<TakenIn>;
  /** See erase.ts. `by` is whoever ordered it. */
  erase(person: PersonId, at: Instant, by?: Actor): Promise<Erasure>;
  /** Copies the ledger to a new file and verifies the copy. */
  backup(file: string): Promise<Verdict>;
  /** Finishes what is waiting, then closes. Further writes throw Fault `ledger-unwritable`. */
  close(): Promise<void>;
}
