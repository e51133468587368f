/**
 * Stands in front of every transaction: the head must be where this program left it, and the file must still be the file.
 * If not, somebody else wrote, and nothing is written any more until somebody has looked: no entry, so no action.
 */
import { statSync } from 'node:fs';
import type { Transaction } from 'kysely';
import type { Fault } from '../casework/ports/fault.ts';
import { corrupt, systemCode, unwritable } from './failures.ts';
import { SIGNED_CODES, type ChainEnd, type LedgerKey } from './seal.ts';
import type { Tables } from './tables.ts';

/** The head as the table holds it. `seal` is `null` until a key was used. */
export interface StoredHead extends ChainEnd {
  readonly seal: string | null;
}

/** See the top of the file. Everything that throws throws Fault `ledger-corrupt`. */
export interface HeadGuard {
  /** Throws when writing was stopped. */
  admit(): void;
  /** Looks at the head that a transaction found and locked. Throws, and stops writing, when it is not ours. */
  found(head: StoredHead): void;
  /** Just before a commit: throws, and stops writing, when a file of the database was replaced or removed. */
  beforeCommit(): void;
  /** The seal of a new head; `null` without a key. */
  seal(end: ChainEnd): string | null;
  /** Signs the entries of a transaction that need it: those after `seq`. */
  signNewEntries(transaction: Transaction<Tables>, seq: number, codes: readonly string[]): Promise<void>;
  /** What was written last, and is on the disk. */
  committed(head: StoredHead): void;
  /** Stops writing for good. The first reason is kept and told. */
  stop(why: string): void;
  /** Why writing was stopped; `null` while all is well. */
  stopped(): string | null;
}

/** A file as the system knows it, whatever its name leads to by now. */
interface Identity {
  readonly path: string;
  readonly device: bigint;
  readonly inode: bigint;
}

/** What the guard needs. */
interface Parts {
  /** The files of the database, watched as long as it is open. */
  readonly files: readonly string[];
  /** Vouches for every head from now on. */
  readonly key: LedgerKey | null;
  /** Signs the hand-over to `key` together with it. */
  readonly formerKey: LedgerKey | null;
  /** The verified head that the ledger was opened with. Its seal may be an older key's, or not there yet. */
  readonly opened: StoredHead;
  /** Gets every new head, sealed and on the disk. Must not throw. */
  readonly keep: (head: StoredHead) => void;
  /** Told once, when writing stops. Must not throw. */
  readonly onStopped: (why: string) => void;
}

/** Makes the guard of an opened ledger. */
export function headGuard({ files, key, formerKey, opened, keep, onStopped }: Parts): HeadGuard {
  const watched = files.map(identityOf);
  let last = opened;
  let stopped: Fault | null = null;

  const stop = (why: string): Fault => {
    if (stopped === null) {
      stopped = corrupt(why);
      onStopped(why);
    }
    return stopped;
  };
  /** Before the first commit the head may lack the seal of this key; then it must be the very one that was verified. */
  const isOurs = (head: StoredHead): boolean =>
    (key !== null && head.seal === key.seal(head)) || (head.seal === last.seal && isSameEnd(head, last));

  return {
    admit() {
      if (stopped !== null) throw stopped;
    },
    found(head) {
      if (head.origin !== last.origin || head.seq < last.seq || (head.seq === last.seq && head.hash !== last.hash)) {
        throw stop(`the end of the ledger was set back from entry ${last.seq} to ${head.seq} by somebody else`);
      }
      if (key !== null && !isOurs(head))
        throw stop(`entry ${head.seq} was written by somebody else: its seal is wrong`);
    },
    beforeCommit() {
      const gone = watched.find((one) => !isStillThere(one));
      if (gone !== undefined) throw stop(`${gone.path} was removed or replaced while Hardline was running`);
    },
    seal: (end) => key?.seal(end) ?? null,
    async signNewEntries(transaction, seq, codes) {
      if (key === null || !codes.some((code) => SIGNED_CODES.has(code))) return;
      const entries = await transaction
        .selectFrom('entries')
        .select(['seq', 'hash'])
        .where('seq', '>', seq)
        .where('code', 'in', [...SIGNED_CODES])
        .execute();
      const signers = formerKey === null || last !== opened ? [key] : [key, formerKey];
      const rows = entries.flatMap((entry) =>
        signers.map((signer) => ({ seq: entry.seq, key_id: signer.id, signature: signer.sign(entry.hash) })),
      );
      await transaction.insertInto('signatures').values(rows).execute();
    },
    committed(head) {
      if (head.seq <= last.seq) return;
      last = head;
      keep(head);
    },
    stop: (why) => void stop(why),
    stopped: () => stopped?.internal ?? null,
  };
}

function isSameEnd(one: ChainEnd, other: ChainEnd): boolean {
  return one.origin === other.origin && one.seq === other.seq && one.hash === other.hash;
}

function identityOf(path: string): Identity {
  const { dev, ino } = statSync(path, { bigint: true });
  return { path, device: dev, inode: ino };
}

/** Throws Fault `ledger-unwritable` when the system does not say. */
function isStillThere({ path, device, inode }: Identity): boolean {
  try {
    const found = statSync(path, { bigint: true, throwIfNoEntry: false });
    return found?.dev === device && found.ino === inode;
  } catch (error) {
    throw unwritable(`${path} cannot be looked at (${systemCode(error)})`, error);
  }
}
