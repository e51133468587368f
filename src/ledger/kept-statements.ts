/**
 * SQLite reads a query, checks it and plans it before it runs it. The ledger asks the same few dozen queries all day, so
 * each is prepared once per connection and then used again.
 */
import type { Database, Statement } from 'better-sqlite3';
import type { SqliteDatabase } from 'kysely';

/** Lists of differing lengths make queries of differing texts. Beyond this many, the one unused for longest is let go. */
const KEPT = 200;

/**
 * The connection as Kysely uses it, with statements that are kept. Nothing in src/ledger streams rows: a statement that is
 * still being read could not be used a second time.
 */
export function withKeptStatements(database: Database): SqliteDatabase {
  const kept = new Map<string, Statement>();
  return {
    prepare(sql) {
      const statement = kept.get(sql) ?? database.prepare(sql);
      kept.delete(sql); // moves it to the end, where the newest are
      kept.set(sql, statement);
      const [oldest] = kept.keys();
      if (kept.size > KEPT && oldest !== undefined) kept.delete(oldest);
      return statement;
    },
    close: () => void database.close(),
  };
}
