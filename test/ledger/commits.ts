/** Counts what was committed to a ledger, from the bytes of its write-ahead log: each commit is one sync to the disk. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import SqliteDatabase from 'better-sqlite3';

/** Sizes and offsets of the WAL format, https://www.sqlite.org/fileformat2.html#walformat */
const HEADER = 32;
const FRAME_HEADER = 24;
const PAGE_SIZE_AT = 8;
const SALT_AT = 16;
const SIZE_AFTER_COMMIT_AT = 4;
const FRAME_SALT_AT = 8;

interface Log {
  /** Changes when the log begins anew. */
  readonly salt: string;
  /** The pages that each commit wrote, oldest first. */
  readonly commits: readonly ReadonlySet<number>[];
}

function readLog(file: string): Log {
  const bytes = readFileSync(`${file}-wal`);
  const saltAt = (offset: number): string => bytes.toString('hex', offset, offset + 8);
  const salt = saltAt(SALT_AT);
  const frame = FRAME_HEADER + bytes.readUInt32BE(PAGE_SIZE_AT);
  const commits: Set<number>[] = [];
  let pages = new Set<number>();
  for (let at = HEADER; at + frame <= bytes.length && saltAt(at + FRAME_SALT_AT) === salt; at += frame) {
    pages.add(bytes.readUInt32BE(at));
    if (bytes.readUInt32BE(at + SIZE_AFTER_COMMIT_AT) === 0) continue;
    commits.push(pages);
    pages = new Set();
  }
  return { salt, commits };
}

async function newCommits(file: string, work: () => Promise<unknown>): Promise<Log['commits']> {
  const before = readLog(file);
  await work();
  const after = readLog(file);
  assert.equal(after.salt, before.salt, 'the log began anew: its commits cannot be counted');
  return after.commits.slice(before.commits.length);
}

/** How many transactions were committed to the ledger while `work` ran. */
export async function commitsDuring(file: string, work: () => Promise<unknown>): Promise<number> {
  return (await newCommits(file, work)).length;
}

/**
 * The same, told apart: `ledger` wrote cases, entries or chats; `all` counts those, too, that wrote nothing but what the
 * tenant feed found. Every transaction writes the head of the chain, so that page says nothing.
 */
export async function commitsByKind(
  file: string,
  work: () => Promise<unknown>,
): Promise<{ readonly ledger: number; readonly all: number }> {
  const commits = await newCommits(file, work);
  const database = new SqliteDatabase(file, { readonly: true });
  const rows = database.prepare('select name, pageno as page from dbstat').all() as { name: string; page: number }[];
  database.close();
  const own = new Set(
    rows.filter(({ name }) => !/^(index_|chain_head$|sqlite_schema$)/u.test(name)).map(({ page }) => page),
  );
  return { ledger: commits.filter((pages) => [...pages].some((page) => own.has(page))).length, all: commits.length };
}
