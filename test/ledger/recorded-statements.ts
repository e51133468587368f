/** Notes every statement that is prepared on any database of this process, and how often each runs. */
import SqliteDatabase from 'better-sqlite3';
import type { Statement } from 'better-sqlite3';

/** What was prepared since the recording began. `stop` must be called. */
export interface Recorded {
  /** Every text, once. */
  readonly texts: ReadonlySet<string>;
  /** Runs since the last call: statements, and rows that they gave. */
  taken(): { readonly statements: number; readonly rows: number };
  stop(): void;
}

/** Begins to record. Statements that were prepared before are not seen: open the database afterwards. */
export function recordStatements(): Recorded {
  const prototype: { prepare: (this: unknown, sql: string) => Statement } = SqliteDatabase.prototype;
  const { prepare } = prototype;
  const texts = new Set<string>();
  let statements = 0;
  let rows = 0;
  prototype.prepare = function (sql) {
    texts.add(sql);
    const statement: Statement = prepare.call(this, sql);
    for (const name of ['run', 'get', 'all'] as const) {
      const run: (...values: unknown[]) => unknown = statement[name].bind(statement);
      Object.defineProperty(statement, name, {
        value: (...values: unknown[]) => {
          const answer = run(...values);
          statements += 1;
          rows += Array.isArray(answer) ? answer.length : 0;
          return answer;
        },
      });
    }
    return statement;
  };
  return {
    texts,
    taken() {
      const taken = { statements, rows };
      [statements, rows] = [0, 0];
      return taken;
    },
    stop: () => void (prototype.prepare = prepare),
  };
}

/** How SQLite would carry out a statement, a line for each table. */
export function planOf(file: string, sql: string): readonly string[] {
  const database = new SqliteDatabase(file, { readonly: true });
  try {
    const rows = database.prepare<[], { detail: string }>(`explain query plan ${sql.replaceAll('?', 'null')}`).all();
    return rows.map(({ detail }) => detail);
  } finally {
    database.close();
  }
}
