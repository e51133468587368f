/**
 * The SQL of the tables, as a list of migrations. A migration that was released is never edited; the next one is added
 * below it. No column holds a name, a full number or a pass.
 */
import SqliteDatabase from 'better-sqlite3';
import type { Database } from 'better-sqlite3';
import { unsuitable } from './failures.ts';
import { INDEX_OF_DIGESTS, INDEX_TABLES } from './index-schema.ts';
import { LEASE_TABLES } from './lease-schema.ts';
import { INDEXES_FOR_LARGE_LEDGERS } from './large-ledgers.ts';
import { SEAL_TABLES } from './seal-schema.ts';

/** Marks the file as a Hardline ledger ("HrdL"), so that no other database is taken for one. */
const APPLICATION_ID = 0x4872644c;

interface Migration {
  readonly sql: string;
  /** Runs first. Throws Fault `configuration` when the file holds something the new tables do not allow. */
  readonly check?: (database: Database) => void;
}

const MIGRATIONS: readonly Migration[] = [
  {
    sql: `
  create table chain_head (
    id integer primary key check (id = 1),
    origin text not null,
    seq integer not null check (seq >= 0),
    hash text not null
  ) strict;

  create table entries (
    seq integer primary key,
    at text not null,
    code text not null,
    actor text not null,
    about text,
    case_id integer,
    intent_id text,
    detail_commitment text not null,
    case_digest text,
    prev text not null,
    hash text not null
  ) strict;
  create index entries_about on entries (about, at);
  create index entries_case on entries (case_id, seq);
  create index entries_intent on entries (intent_id);
  create index entries_code on entries (code, at);
  create trigger entries_are_never_changed before update on entries
    begin select raise(abort, 'a ledger entry is never changed'); end;
  create trigger entries_are_never_removed before delete on entries
    begin select raise(abort, 'a ledger entry is never removed'); end;
  create trigger entries_only_grow before insert on entries
    when new.seq is not (select coalesce(max(seq), 0) + 1 from entries)
    begin select raise(abort, 'a ledger entry follows the last one'); end;

  create table details (
    seq integer primary key references entries (seq),
    salt text not null,
    detail text not null
  ) strict;
  create trigger details_are_never_changed before update on details
    begin select raise(abort, 'the detail of an entry is never changed, only erased'); end;

  create table cases (
    id integer primary key autoincrement,
    version integer not null check (version >= 1),
    technician text not null,
    caller text not null,
    opened_at text not null,
    closed_at text,
    state text not null,
    body text not null,
    salt text not null,
    sealed_by integer not null references entries (seq) deferrable initially deferred
  ) strict;
  create index cases_open on cases (id) where closed_at is null;
  create index cases_technician on cases (technician, id);
  create index cases_caller on cases (caller);

  create table activities (
    fingerprint text primary key,
    seen_at text not null
  ) strict;
  create index activities_seen on activities (seen_at);

  create table conversations (
    person text primary key,
    reference text not null,
    roles text not null,
    seen_at text not null
  ) strict;

  create table card_places (
    case_id integer primary key references cases (id) on delete cascade,
    conversation text not null,
    activity text not null
  ) strict;

  create table letters (
    case_id integer not null references cases (id) on delete cascade,
    purpose text not null,
    person text not null,
    conversation text not null,
    activity text not null,
    primary key (case_id, purpose, person)
  ) strict;
  `,
  },
  {
    check: refuseTwoOpenCases,
    sql: `
  alter table conversations add column language text not null default 'en';
  alter table letters rename to request_cards;
  create unique index cases_one_open_per_caller on cases (caller) where closed_at is null;
  create table card_holds (
    case_id integer primary key references cases (id) on delete cascade,
    held_until text not null
  ) strict;
  `,
  },
  { sql: INDEX_TABLES },
  { sql: INDEX_OF_DIGESTS },
  { sql: INDEXES_FOR_LARGE_LEDGERS },
  { sql: SEAL_TABLES },
  // How far each destination has the ledger; see shipping.ts.
  {
    sql: `
  create table shipping (
    destination text primary key,
    seq integer not null check (seq >= 0),
    hash text not null
  ) strict;
  `,
  },
  { sql: LEASE_TABLES },
];

/**
 * Version 0.1.0 kept a caller to one open case only within its own process; two processes on one file could open two.
 * Which of the two is the real one is for the technicians to say: either may have a pass out.
 */
function refuseTwoOpenCases(database: Database): void {
  const twice = database
    .prepare(
      "select group_concat(id, ' and ') from cases where closed_at is null group by caller having count(*) > 1 order by min(id)",
    )
    .pluck()
    .all();
  if (twice.length === 0) return;
  throw unsuitable(
    `cases ${twice.join('; ')} are open for the same caller. Start the version you ran before, close all but one of them, then start this one`,
  );
}

/**
 * Brings the file to the newest schema, each migration whole or not at all, and calls `onNew` inside the first one.
 * Throws Fault `configuration` when the file belongs to something else or to a newer Hardline, or cannot be brought to the
 * new schema; the file is left as it was then.
 */
export function migrate(database: Database, onNew: () => void): void {
  const steps = database.transaction(() => {
    const version = readNumber(database, 'user_version');
    const owner = readNumber(database, 'application_id');
    const empty = database.prepare('select count(*) from sqlite_schema').pluck().get() === 0;
    if (owner !== APPLICATION_ID && !(owner === 0 && empty)) throw unsuitable('the file is not a Hardline ledger');
    if (version > MIGRATIONS.length) throw unsuitable(`the ledger has schema ${version}, newer than this program`);
    applyMigrations(database, version, MIGRATIONS.length, onNew);
    database.pragma(`application_id = ${APPLICATION_ID}`);
  });
  steps.immediate();
}

/** The migrations after version `from`, up to and including version `to`. */
function applyMigrations(database: Database, from: number, to: number, onNew: () => void): void {
  for (const [index, { sql, check }] of MIGRATIONS.slice(0, to).entries()) {
    if (index < from) continue;
    check?.(database);
    database.exec(sql);
    if (index === 0) onNew();
    database.pragma(`user_version = ${index + 1}`);
  }
}

/** Whether the file is a ledger of a version that this program can read. */
export function isLedger(database: Database): boolean {
  const version = readNumber(database, 'user_version');
  return readNumber(database, 'application_id') === APPLICATION_ID && version >= 1 && version <= MIGRATIONS.length;
}

function readNumber(database: Database, pragma: string): number {
  return Number(database.pragma(pragma, { simple: true }));
}

/** Something in a schema, as SQLite keeps it. */
interface SchemaPart {
  readonly type: string;
  readonly name: string;
  /** As it was written; empty for what SQLite makes by itself. */
  readonly sql: string;
}

function partsOf(database: Database): readonly SchemaPart[] {
  return database
    .prepare<[], SchemaPart>("select type, name, coalesce(sql, '') as sql from sqlite_schema order by type, name")
    .all();
}

/**
 * Whether every table, index and trigger of the version that the file says it has is there unchanged, and nothing was added
 * that changes what is written. A backup from before an update is not damaged, and neither is a ledger in which an operator
 * made an index or ran ANALYZE: both only help to find rows. False for a version that this program does not know.
 */
export function hasItsSchema(database: Database): boolean {
  const version = readNumber(database, 'user_version');
  if (version > MIGRATIONS.length) return false;
  const pattern = new SqliteDatabase(':memory:');
  try {
    applyMigrations(pattern, 0, version, () => undefined);
    const keyOf = ({ type, name, sql }: SchemaPart): string => JSON.stringify([type, name, sql]);
    const wanted = new Set(partsOf(pattern).map(keyOf));
    const added = partsOf(database).filter((part) => !wanted.delete(keyOf(part)));
    return wanted.size === 0 && added.every(isHarmless);
  } finally {
    pattern.close();
  }
}

/**
 * An index finds rows; only a unique one could refuse them. What ANALYZE counts lies in tables whose names only SQLite itself
 * can give.
 */
function isHarmless({ type, name, sql }: SchemaPart): boolean {
  return type === 'index' ? /^create index\b/i.test(sql) : type === 'table' && /^sqlite_stat\d$/.test(name);
}
