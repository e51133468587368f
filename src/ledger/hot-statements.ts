/**
 * What every commit runs, as statements of SQLite itself: begin, lock the head, add entries, move the head, commit. A technician
 * waits for each of them, and building the same text anew cost more than running it. All of SQLite's own way to write is here;
 * another database brings its own implementation of `HotStatements`.
 */
import type { Database } from 'better-sqlite3';
import { Kysely, SqliteAdapter, SqliteDriver, SqliteIntrospector, SqliteQueryCompiler, type Transaction } from 'kysely';
import type { ChainedRecord } from './chain.ts';
import { corrupt } from './failures.ts';
import { withKeptStatements } from './kept-statements.ts';
import type { Tables } from './tables.ts';

/** Adds rows of the chain, inside a transaction. */
export interface ChainRows {
  add(
    record: ChainedRecord,
    hash: string,
    detail: { readonly salt: string; readonly text: string },
  ): Promise<void> | void;
}

/** The head of the chain as its row holds it. */
export type HeadRow = Tables['chain_head'];

/** See the top of the file. */
export interface HotStatements extends ChainRows {
  /**
   * Begins a transaction and locks the head by writing to it, which makes the first statement a write. BEGIN alone takes no lock,
   * and a transaction that reads first and writes later loses to any other writer with SQLITE_BUSY, whatever the busy timeout says.
   */
  begin(): HeadRow;
  moveHead(seq: number, hash: string): void;
  commit(): void;
  rollback(): void;
  isOpen(): boolean;
  /**
   * For everything else that is written in a transaction. It is one and the same object for all of them: it only stands for
   * whatever `begin` began, and begins and ends nothing itself.
   */
  readonly transaction: () => Promise<Transaction<Tables>>;
}

/** Prepares them, once for a connection. */
export function hotStatements(database: Database): HotStatements {
  const begin = database.prepare<[]>('begin');
  const commit = database.prepare<[]>('commit');
  const rollback = database.prepare<[]>('rollback');
  const lock = database.prepare<[], HeadRow>('update chain_head set seq = seq where id = 1 returning *');
  const move = database.prepare<[number, string]>('update chain_head set seq = ?, hash = ? where id = 1');
  const entry = database.prepare(
    `insert into entries (seq, at, code, actor, about, case_id, intent_id, detail_commitment, case_digest, prev, hash)
     values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
  );
  const detail = database.prepare<[number, string, string]>('insert into details (seq, salt, detail) values (?, ?, ?)');
  let standing: Promise<Transaction<Tables>> | null = null;
  return {
    begin() {
      begin.run();
      const head = lock.get();
      if (head === undefined) throw corrupt('the head of the chain is gone');
      return head;
    },
    add(r, hash, { salt, text }) {
      const { seq, at, code, actor, about, caseId, intentId, detailCommitment, caseDigest, prev } = r;
      entry.run(seq, at, code, actor, about, caseId, intentId, detailCommitment, caseDigest, prev, hash);
      detail.run(seq, salt, text);
    },
    moveHead: (seq, hash) => void move.run(seq, hash),
    commit: () => void commit.run(),
    rollback: () => void rollback.run(),
    isOpen: () => database.inTransaction,
    transaction: () => (standing ??= standingTransaction(database)),
  };
}

/** Statements begin and end the transactions, so this driver must not. */
class StandingDriver extends SqliteDriver {
  override beginTransaction(): Promise<void> {
    return Promise.resolve();
  }
  override commitTransaction(): Promise<void> {
    return Promise.resolve();
  }
  override rollbackTransaction(): Promise<void> {
    return Promise.resolve();
  }
}

function standingTransaction(database: Database): Promise<Transaction<Tables>> {
  const standing = new Kysely<Tables>({
    dialect: {
      createAdapter: () => new SqliteAdapter(),
      createDriver: () => new StandingDriver({ database: withKeptStatements(database) }),
      createIntrospector: (db) => new SqliteIntrospector(db),
      createQueryCompiler: () => new SqliteQueryCompiler(),
    },
  });
  return standing.startTransaction().execute();
}
