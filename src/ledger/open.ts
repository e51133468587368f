/**
 * Opening the ledger: file, schema, health, and the Ledger port on top.
 * The one rule kept here: a ledger that does not verify is not opened.
 */
import { Kysely, SqliteDialect } from 'kysely';
import type { Database } from 'better-sqlite3';
import type { Instant } from '../procedure/facts.ts';
import type { Ledger } from '../casework/ports.ts';
import { cases } from './cases.ts';
import { genesisHash } from './chain.ts';
import { openReader, openWriter } from './connection.ts';
import { randomSalt } from './entry-shape.ts';
import { asFault } from './failures.ts';
import { memory } from './memory.ts';
import { records } from './records.ts';
import { migrate } from './schema.ts';
import type { Tables } from './schema.ts';
import { writeQueue } from './write-queue.ts';

/** The ledger, opened. */
export interface OpenedLedger extends Ledger {
  close(): Promise<void>;
}

/** Opens the ledger file. */
// eslint-disable-next-line @typescript-eslint/require-await
export async function openLedger(options: {
  readonly file: string;
  readonly now: () => Instant;
  readonly newId: () => string;
  readonly newSalt?: () => string;
}): Promise<OpenedLedger> {
  const newSalt = options.newSalt ?? randomSalt;
  const writer = openWriter(options.file);
  migrate(writer, () => {
    const origin = `hardline/${options.newId()}`;
    writer
      .prepare('insert into chain_head (id, origin, seq, hash) values (1, ?, 0, ?)')
      .run(origin, genesisHash(origin));
  });
  const database = writer;
  const db = kysely(writer);
  const reader = kysely(openReader(options.file));
  const queue = writeQueue({ database, db, onCommitted: () => undefined });
  const methods = {
    ...cases({ queue, reader, newSalt }),
    ...records({ queue, reader, newSalt }),
    ...memory({ queue, reader }),
    async close() {
      await queue.close();
      await reader.destroy();
      await db.destroy();
    },
  };
  return tellingFaults(methods);
}

function kysely(database: Database): Kysely<Tables> {
  return new Kysely<Tables>({ dialect: new SqliteDialect({ database }) });
}

type Methods = Readonly<Record<string, (...args: never[]) => Promise<unknown>>>;

/** Every method, with what SQLite reports told as a Fault. */
function tellingFaults<T extends Methods>(methods: T): T {
  const told = Object.entries(methods).map(([name, method]) => [
    name,
    async (...args: never[]) => {
      try {
        return await method(...args);
      } catch (error) {
        throw asFault(error, 'reading');
      }
    },
  ]);
  return Object.fromEntries(told) as T;
}
