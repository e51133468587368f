/**
 * Appending to the chain, inside a transaction of the write queue.
 * An entry and its detail are written together, after the newest one, and the head moves with them.
 */
import type { Instant } from '../procedure/facts.ts';
import { recordHash } from './chain.ts';
import type { ChainedRecord } from './chain.ts';
import type { PreparedEntry } from './entry-shape.ts';
import { toText } from './time.ts';
import type { Head } from './write-queue.ts';

/** Appends entries in order. `caseDigest`, when given, goes on the last of them and binds the case row written with it. */
export async function append(
  head: Head,
  entries: readonly PreparedEntry[],
  at: Instant,
  caseDigest: string | null = null,
): Promise<void> {
  for (const [index, entry] of entries.entries()) {
    const last = index === entries.length - 1;
    const record: ChainedRecord = {
      seq: head.seq + 1,
      at: toText(at),
      code: entry.code,
      actor: entry.actor,
      about: entry.about,
      caseId: entry.caseId,
      intentId: entry.intentId,
      detailCommitment: entry.detailCommitment,
      caseDigest: last ? caseDigest : null,
      prev: head.hash,
    };
    const hash = recordHash(record);
    await head.rows.add(record, hash, { salt: entry.salt, text: entry.detail });
    head.seq = record.seq;
    head.hash = hash;
    head.codes.push(entry.code);
  }
}
