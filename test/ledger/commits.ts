/** Counts what was committed to a ledger, from the bytes of its write-ahead log: each commit is one sync to the disk. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';

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
  readonly commits: number;
}

function readLog(file: string): Log {
  const bytes = readFileSync(`${file}-wal`);
  const saltAt = (offset: number): string => bytes.toString('hex', offset, offset + 8);
  const salt = saltAt(SALT_AT);
  const frame = FRAME_HEADER + bytes.readUInt32BE(PAGE_SIZE_AT);
  let commits = 0;
  for (let at = HEADER; at + frame <= bytes.length && saltAt(at + FRAME_SALT_AT) === salt; at += frame) {
    if (bytes.readUInt32BE(at + SIZE_AFTER_COMMIT_AT) > 0) commits += 1;
  }
  return { salt, commits };
}

/** How many transactions were committed to the ledger while `work` ran. */
export async function commitsDuring(file: string, work: () => Promise<unknown>): Promise<number> {
  const before = readLog(file);
  await work();
  const after = readLog(file);
  assert.equal(after.salt, before.salt, 'the log began anew: its commits cannot be counted');
  return after.commits - before.commits;
}
