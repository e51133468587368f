/**
 * One process at a time works with a ledger file. The bot keeps some of what it knows in memory, so a second one beside it
 * would answer from an old state.
 * The lease is a lock of the operating system on a file of its own, held as long as the process lives: after `kill -9` or a
 * power cut it is free at once, and there is no process number to go stale. Commands that only read need no lease.
 */
import { closeSync, openSync } from 'node:fs';
import SqliteDatabase from 'better-sqlite3';
import type { Database } from 'better-sqlite3';
import { makeFolder } from './connection.ts';
import { asFault, inUse, systemCode, unwritable } from './failures.ts';

/** The right to be the only process that works with a ledger. */
export interface Lease {
  /** Gives it up. Further calls do nothing. */
  end(): void;
}

/**
 * Takes the lease of a ledger file, in `<file>.lock` beside it, and makes the folder when it is missing.
 * Throws Fault `ledger-in-use` when another process has it, `ledger-unwritable` when the lock file cannot be made.
 */
export function takeLease(file: string): Lease {
  const path = `${file}.lock`;
  makeFolder(file);
  makeLockFile(path);
  let database: Database | null = new SqliteDatabase(path, { timeout: 0, fileMustExist: true });
  try {
    database.pragma('journal_mode = MEMORY'); // nothing is ever written; no journal file is left beside it
    database.exec('begin exclusive');
  } catch (error) {
    database.close();
    throw isBusy(error) ? inUse(error) : asFault(error, 'writing');
  }
  return {
    end() {
      database?.close();
      database = null;
    },
  };
}

/** An existing file is not opened here: closing it again would drop the lock that this very process may hold on it. */
function makeLockFile(path: string): void {
  try {
    closeSync(openSync(path, 'wx', 0o600));
  } catch (error) {
    if (systemCode(error) !== 'EEXIST') throw unwritable(`the lock file cannot be made (${systemCode(error)})`, error);
  }
}

function isBusy(error: unknown): boolean {
  return systemCode(error).startsWith('SQLITE_BUSY');
}
