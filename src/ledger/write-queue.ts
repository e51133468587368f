/**
 * The one way to write: jobs wait in line and share a transaction, so that many turns pay for one sync to the disk.
 * A job's promise resolves once the commit that holds it is on the disk, never before.
 */
import type { Database } from 'better-sqlite3';
import type { Transaction } from 'kysely';
import { Fault } from '../casework/ports/fault.ts';
import type { Timing } from '../casework/ports/runtime.ts';
import { asFault, unwritable } from './failures.ts';
import { hotStatements, type ChainRows, type HotStatements } from './hot-statements.ts';
import { openLockWait } from './lock-wait.ts';
import type { Tables } from './tables.ts';

/** The end of the chain inside a transaction. Appending moves it; the commit writes it back. */
export interface Head {
  readonly origin: string;
  seq: number;
  hash: string;
  /** Adds the rows of new entries, in this transaction. */
  readonly rows: ChainRows;
  /** Codes appended in this transaction. */
  readonly codes: string[];
}

/** What runs inside a transaction. It must touch nothing but `transaction` and `head`: it may run a second time. */
type Job<T> = (transaction: Transaction<Tables>, head: Head) => Promise<T>;

/** A queue of writers in front of the only connection that writes. */
export interface WriteQueue {
  /** Runs the job; resolves when its commit is durable. Throws Fault `ledger-unwritable`, and then nothing of it was written. */
  write<T>(job: Job<T>): Promise<T>;
  /** Runs the work while no transaction is open: what SQLite refuses to do inside of one. */
  between<T>(work: () => Promise<T>): Promise<T>;
  /** Lets the waiting jobs finish and takes no more. */
  close(): Promise<void>;
}

interface Waiting {
  readonly run: Job<unknown>;
  /** When it was asked for, by the clock of `timing`. */
  readonly since: number;
  readonly done: (value: unknown) => void;
  readonly failed: (error: unknown) => void;
}

type Attempt =
  | { readonly ok: true; readonly results: readonly unknown[]; readonly head: Head }
  | { readonly ok: false; readonly error: unknown };

/** One transaction holds at most this many jobs, so that a burst cannot keep the lock for long. */
const LARGEST_BATCH = 64;

/**
 * Makes the queue. `onCommitted` gets the new end of the chain after each commit that moved it, before the jobs' promises
 * resolve; it must not throw.
 */
export function writeQueue(parts: {
  readonly database: Database;
  readonly onCommitted: (head: Head) => void;
  /** How the wait for a lock is measured. The connection itself must not wait for one (`neverWait` in connection.ts). */
  readonly timing: Timing;
}): WriteQueue {
  const lock = openLockWait(parts.timing);
  const hot = hotStatements(parts.database);
  const waiting: Waiting[] = [];
  const waitingForAGap: (() => Promise<void>)[] = [];
  let working: Promise<void> | null = null;
  let closed = false;

  async function attempt(batch: readonly Waiting[]): Promise<Attempt> {
    try {
      return { ok: true, ...(await inOneTransaction(hot, batch)) };
    } catch (error) {
      return { ok: false, error: asFault(error, 'writing') };
    }
  }

  async function settle(batch: readonly Waiting[]): Promise<void> {
    const outcome = await attempt(batch);
    if (outcome.ok) {
      lock.taken();
      const { head } = outcome;
      // Queued before the promises resolve, so it runs first; and an error in it cannot be taken for a failed write.
      if (head.codes.length > 0) queueMicrotask(() => parts.onCommitted(head));
      batch.forEach((job, index) => job.done(outcome.results[index]));
    } else if (lock.isLocked(outcome.error)) {
      const [patient, impatient] = lock.sort(batch);
      impatient.forEach((job) => job.failed(outcome.error));
      waiting.unshift(...patient);
      if (patient.length > 0) await lock.pause();
    } else if (batch.length === 1 || isNobodysFault(outcome.error)) {
      batch.forEach((job) => job.failed(outcome.error));
    } else {
      // Nothing of the batch was written. One at a time, only the job that is at fault fails.
      for (const job of batch) await settle([job]);
    }
  }

  async function drain(): Promise<void> {
    while (waiting.length + waitingForAGap.length > 0) {
      for (const work of waitingForAGap.splice(0)) await work();
      if (waiting.length > 0) await settle(waiting.splice(0, LARGEST_BATCH));
    }
    working = null;
  }

  /** Started a turn later, so that writes of the same turn find each other. */
  function begin(): void {
    working ??= new Promise<void>((next) => setImmediate(next)).then(drain);
  }

  return {
    write<T>(job: Job<T>): Promise<T> {
      if (closed) return Promise.reject(unwritable('the ledger is closed'));
      return new Promise<T>((resolve, reject) => {
        waiting.push({ since: parts.timing.clock(), run: job, done: (value) => resolve(value as T), failed: reject });
        begin();
      });
    },
    between<T>(work: () => Promise<T>): Promise<T> {
      if (closed) return Promise.reject(unwritable('the ledger is closed'));
      return new Promise<T>((resolve, reject) => {
        waitingForAGap.push(() => work().then(resolve, reject));
        begin();
      });
    },
    async close() {
      closed = true;
      if (working !== null) await working;
    },
  };
}

/** The disk is full or fails: no single job is at fault, and trying each by itself would only take longer. */
function isNobodysFault(error: unknown): boolean {
  return error instanceof Fault && error.code === 'ledger-unwritable';
}

async function inOneTransaction(
  hot: HotStatements,
  batch: readonly Waiting[],
): Promise<{ results: unknown[]; head: Head }> {
  if (hot.isOpen()) throw unwritable('an earlier transaction could not be undone');
  const transaction = await hot.transaction();
  try {
    const found = hot.begin();
    const head: Head = { origin: found.origin, seq: found.seq, hash: found.hash, rows: hot, codes: [] };
    const results: unknown[] = [];
    for (const job of batch) results.push(await job.run(transaction, head));
    if (head.codes.length > 0) hot.moveHead(head.seq, head.hash);
    hot.commit();
    return { results, head };
  } catch (error) {
    // A full disk makes SQLite roll back by itself; then there is nothing left to undo.
    if (hot.isOpen()) hot.rollback();
    throw error;
  }
}
