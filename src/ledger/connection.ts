/**
 * Opening the database file: one writer, one reader, and the settings that durability depends on.
 * Each setting is read back after it was set; if SQLite did not take it, the ledger does not open.
 */
import { chmodSync, closeSync, mkdirSync, openSync, statfsSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import SqliteDatabase from 'better-sqlite3';
import type { Database } from 'better-sqlite3';
import { Kysely, SqliteDialect } from 'kysely';
import { systemCode, unsuitable, unwritable } from './failures.ts';
import { withKeptStatements } from './kept-statements.ts';
import type { Tables } from './tables.ts';

/** How long a writer waits for another process, in milliseconds. */
const BUSY_TIMEOUT_MS = 5000;
/** The write-ahead log is cut back to this size, in bytes. */
const JOURNAL_SIZE_LIMIT = 16 * 1024 * 1024;

/** Linux's numbers of NFS, SMB, CIFS and SMB2: file systems on which SQLite's locks and syncs promise nothing. */
const NETWORK_FILE_SYSTEMS = new Set([0x6969, 0x517b, 0xff534d42, 0xfe534d42]);

interface Setting {
  readonly pragma: string;
  readonly set: string;
  readonly readBack: string | number;
}

/** In this order: SQLite has one `synchronous` for WAL and one for other journals, and the build's default for WAL is NORMAL. */
const SETTINGS: readonly Setting[] = [
  { pragma: 'journal_mode', set: 'WAL', readBack: 'wal' },
  { pragma: 'synchronous', set: 'FULL', readBack: 2 },
  { pragma: 'fullfsync', set: 'ON', readBack: 1 },
  { pragma: 'busy_timeout', set: String(BUSY_TIMEOUT_MS), readBack: BUSY_TIMEOUT_MS },
  { pragma: 'foreign_keys', set: 'ON', readBack: 1 },
  { pragma: 'journal_size_limit', set: String(JOURNAL_SIZE_LIMIT), readBack: JOURNAL_SIZE_LIMIT },
  // INSERT OR REPLACE must not slip past the triggers that guard the entries.
  { pragma: 'recursive_triggers', set: 'ON', readBack: 1 },
  // What was erased is overwritten in the file, not only unlinked.
  { pragma: 'secure_delete', set: 'ON', readBack: 1 },
  { pragma: 'trusted_schema', set: 'OFF', readBack: 0 },
  { pragma: 'cell_size_check', set: 'ON', readBack: 1 },
];

/** SQLite before this version can damage a database in WAL mode when a reset meets a checkpoint. */
const OLDEST_SQLITE: readonly [number, number, number] = [3, 51, 3];

/**
 * Opens the file for writing, readable by its owner alone, and makes its folder when it is missing.
 * Throws Fault `ledger-unwritable` when durability cannot be had, `configuration` when SQLite is too old.
 */
export function openWriter(file: string): Database {
  keepToOwner(file);
  refuseNetworkShare(file);
  const database = new SqliteDatabase(file, { timeout: BUSY_TIMEOUT_MS, fileMustExist: true });
  try {
    refuseOldSqlite(database);
    for (const setting of SETTINGS) apply(database, setting);
    return database;
  } catch (error) {
    database.close();
    throw error;
  }
}

/** For a reader inside the bot: SQLite waits inside the call, and the whole bot would wait with it. */
export const AT_ONCE = 0;

/**
 * Opens the file for reading only; it must exist. The reader sees what was committed and never waits for the writer, only for
 * somebody who locks out readers, too: at most `timeout` milliseconds.
 */
export function openReader(file: string, timeout: number = BUSY_TIMEOUT_MS): Database {
  return new SqliteDatabase(file, { readonly: true, fileMustExist: true, timeout });
}

/** From now on SQLite refuses at once where it would wait for a lock inside a call: nothing else in this process could happen then. */
export function neverWait(database: Database): void {
  database.pragma(`busy_timeout = ${AT_ONCE}`);
}

/** The same connection, for typed queries. Its `destroy` closes the connection. */
export function queryable(database: Database): Kysely<Tables> {
  return new ClosingKysely(database);
}

/** Kysely by itself closes only a connection over which it was asked something. */
class ClosingKysely extends Kysely<Tables> {
  readonly #database: Database;

  constructor(database: Database) {
    super({ dialect: new SqliteDialect({ database: withKeptStatements(database) }) });
    this.#database = database;
  }

  override async destroy(): Promise<void> {
    await super.destroy();
    this.#database.close();
  }
}

function apply(database: Database, setting: Setting): void {
  database.pragma(`${setting.pragma} = ${setting.set}`);
  const found = database.pragma(setting.pragma, { simple: true });
  if (found !== setting.readBack) {
    throw unwritable(`SQLite answered ${String(found)} for ${setting.pragma}, not ${setting.readBack}`);
  }
}

function refuseNetworkShare(file: string): void {
  if (process.platform !== 'linux') return;
  if (NETWORK_FILE_SYSTEMS.has(statfsSync(file).type)) {
    throw unsuitable('the ledger lies on a network share; it needs a local disk');
  }
}

function refuseOldSqlite(database: Database): void {
  const version = String(database.prepare('select sqlite_version()').pluck().get());
  const [major = 0, minor = 0, patch = 0] = version.split('.').map(Number);
  const [wantMajor, wantMinor, wantPatch] = OLDEST_SQLITE;
  const difference = major - wantMajor || minor - wantMinor || patch - wantPatch;
  if (difference < 0) throw unsuitable(`SQLite ${version} is older than ${OLDEST_SQLITE.join('.')}`);
}

/** Mode 0600 before SQLite sees the file: its -wal and -shm files take over the mode. */
function keepToOwner(file: string): void {
  makeFolder(file);
  try {
    closeSync(openSync(file, 'a', 0o600));
    chmodSync(file, 0o600);
  } catch (error) {
    throw unwritable(`the ledger file cannot be opened for writing (${systemCode(error)})`, error);
  }
  // Windows has no such modes; there the folder's own rights decide.
  if (process.platform !== 'win32' && (statSync(file).mode & 0o777) !== 0o600) {
    throw unwritable('the ledger file cannot be kept to its owner (mode 0600)');
  }
}

/** Makes the folder of a file, for its owner alone. Throws Fault `ledger-unwritable`. */
export function makeFolder(file: string): void {
  try {
    mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
  } catch (error) {
    throw unwritable(`the folder of the ledger cannot be made (${systemCode(error)})`, error);
  }
}
