/**
 * Waiting for the lock that another program holds on the ledger. The waiting is done between tries, with timers: inside a call
 * of SQLite it would keep the whole process from answering anybody.
 */
import { Fault } from '../casework/ports/fault.ts';
import type { Timing } from '../casework/ports/runtime.ts';
import { systemCode } from './failures.ts';

/** How long a write waits for the lock, in milliseconds: less than people wait for the first answer to a message. */
const PATIENCE_MS = 2_000;
/** The first pause between two tries, and the longest one, in milliseconds. */
const PAUSES_MS = { first: 5, longest: 100 } as const;

const LOCKED = ['SQLITE_BUSY', 'SQLITE_LOCKED', 'SQLITE_PROTOCOL'];

/** What the write queue knows of the lock. */
export interface LockWait {
  /** Whether a write failed because of the lock of another program. */
  isLocked(error: unknown): boolean;
  /**
   * Those that wait on, and those that have waited long enough. After a wait in vain nobody waits any more until a write succeeds:
   * each turn would lose its time to a lock that is known to stay.
   */
  sort<Job extends { readonly since: number }>(jobs: readonly Job[]): readonly [patient: Job[], impatient: Job[]];
  /** Pauses before the next try, each time a little longer. */
  pause(): Promise<void>;
  /** A write succeeded. */
  taken(): void;
}

/** Begins without a lock in sight. */
export function openLockWait({ clock, after }: Timing): LockWait {
  let next: number = PAUSES_MS.first;
  let patience = PATIENCE_MS;
  return {
    isLocked: (error) => error instanceof Fault && LOCKED.some((code) => systemCode(error.cause).startsWith(code)),
    sort<Job extends { readonly since: number }>(jobs: readonly Job[]) {
      const earliest = clock() - patience;
      const isPatient = ({ since }: Job): boolean => since > earliest;
      const impatient = jobs.filter((job) => !isPatient(job));
      if (impatient.length > 0) patience = 0;
      return [jobs.filter(isPatient), impatient] as const satisfies readonly [Job[], Job[]];
    },
    pause() {
      const milliseconds = next;
      next = Math.min(next * 2, PAUSES_MS.longest);
      return new Promise((resolve) => void after(milliseconds, resolve));
    },
    taken() {
      next = PAUSES_MS.first;
      patience = PATIENCE_MS;
    },
  };
}
