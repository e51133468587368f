/**
 * What SQLite reports, as a Fault. Only what the database or the disk reports becomes one; everything else is a bug of ours
 * and passes through as it is.
 */
import { Fault } from '../casework/ports/fault.ts';

const UNWRITABLE = new Set([
  'SQLITE_FULL',
  'SQLITE_IOERR',
  'SQLITE_READONLY',
  'SQLITE_BUSY',
  'SQLITE_LOCKED',
  'SQLITE_CANTOPEN',
  'SQLITE_PERM',
  'SQLITE_NOMEM',
  'SQLITE_AUTH',
  'SQLITE_PROTOCOL',
  'SQLITE_NOLFS',
]);
const CORRUPT = new Set(['SQLITE_CORRUPT', 'SQLITE_NOTADB', 'SQLITE_FORMAT']);
/** SQLite has no code of its own for a header that names a format it does not know. Its message is part of its source. */
const UNKNOWN_FORMAT = 'unsupported file format';

/** The disk, the permissions or another process kept us from writing. Nothing is half-written. */
export function unwritable(internal: string, cause?: unknown): Fault {
  return new Fault('ledger-unwritable', { internal, cause });
}

/** The ledger cannot be read, for a reason that is no damage. */
export function unreadable(internal: string, cause?: unknown): Fault {
  return new Fault('ledger-unreadable', { internal, cause });
}

/** What is in the file is not what was written. */
export function corrupt(internal: string, cause?: unknown): Fault {
  return new Fault('ledger-corrupt', { internal, cause });
}

/** The file or the machine is not one this ledger may use. */
export function unsuitable(internal: string, cause?: unknown): Fault {
  return new Fault('configuration', { internal, cause });
}

/** Another process works with this ledger. */
export function inUse(cause?: unknown): Fault {
  const internal =
    'Another Hardline process is running on the same data folder. Stop it first, or give this one its own folder.';
  return new Fault('ledger-in-use', { internal, cause });
}

/** Another process has taken over the work that needs this lease, because this one gave no sign of life for too long. */
export function leaseLost(name: string): Fault {
  return new Fault('ledger-in-use', { internal: `another process has taken the lease "${name}"` });
}

/** Turns an error of SQLite into a Fault; hands every other error back unchanged. `doing` is for the operator. */
export function asFault(error: unknown, doing: 'reading' | 'writing'): unknown {
  const code = sqliteCode(error);
  if (code === null) return error;
  const primary = code.split('_').slice(0, 2).join('_');
  if (CORRUPT.has(primary) || (error instanceof Error && error.message === UNKNOWN_FORMAT))
    return corrupt(`${code} while ${doing}`, error);
  if (!UNWRITABLE.has(primary)) return error;
  return doing === 'writing' ? unwritable(code, error) : unreadable(code, error);
}

/** SQLite's own (extended) code, e.g. `SQLITE_IOERR_FSYNC`; `null` when the error is none of SQLite's. */
function sqliteCode(error: unknown): string | null {
  if (!(error instanceof Error) || !('code' in error)) return null;
  return typeof error.code === 'string' && error.code.startsWith('SQLITE_') ? error.code : null;
}

/** The code of an error of the system or of SQLite, such as `EEXIST`, for the operator's sentence. */
export function systemCode(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : 'unknown';
}
