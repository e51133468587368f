/**
 * What is known of the ledger from outside the database: heads and checkpoints that it must contain when it is opened. If it does
 * not, it is an older copy, another ledger, or was written anew, and the start says which.
 */
import type { KeyObject } from 'node:crypto';
import type { Kysely } from 'kysely';
import { z } from 'zod';
import type { Fault } from '../casework/ports/fault.ts';
import { detailCommitment, genesisHash, recordHash } from './chain.ts';
import { isSignedBy, readCheckpoint } from './checkpoint.ts';
import { corrupt, unsuitable } from './failures.ts';
import type { KeptHead } from './kept-head.ts';
import { isEntrySignedBy, RESTORED_CODE, STARTED_NEW_CODE, type ChainEnd, type LedgerKey } from './seal.ts';
import type { Tables } from './tables.ts';
import { recordOf } from './verify-chain.ts';

/** Heads that somebody with a key of this ledger vouched for, and what could not be used. */
export interface KnownHeads {
  readonly heads: readonly ChainEnd[];
  /** Texts that are no checkpoint, or are signed with another key. */
  readonly unusable: number;
}

/** Takes from the kept file and from checkpoints kept elsewhere what one of the keys vouches for. */
export function knownHeads(
  kept: readonly KeptHead[],
  checkpoints: readonly string[],
  keys: readonly LedgerKey[],
): KnownHeads {
  const sealed = kept.map(({ head }) => head).filter((head) => keys.some((key) => key.seal(head) === head.seal));
  const texts = [...kept.flatMap(({ checkpoint }) => checkpoint ?? []), ...checkpoints];
  const signed = texts.map((text) => headIn(text, keys)).filter((head) => head !== null);
  const heads = [...sealed, ...signed].toSorted((one, other) => other.seq - one.seq);
  return { heads, unusable: texts.length - signed.length + (kept.length - sealed.length) };
}

function headIn(text: string, keys: readonly LedgerKey[]): ChainEnd | null {
  const read = readCheckpoint(text);
  if (read === null || !keys.some((key) => isSignedBy(read, key.publicKey))) return null;
  return { origin: read.origin, seq: read.size, hash: read.hash };
}

/** What the chain says of the known heads. */
export interface Containment {
  /** The newest known head that is in the chain. */
  readonly confirmed: ChainEnd | null;
  /** The newest that an older copy of this ledger lacks; `null` when nothing is lacking. */
  readonly lost: ChainEnd | null;
}

/**
 * Looks for each known head in the chain. Throws Fault `configuration` for another ledger, `ledger-corrupt` for one that was
 * written anew. A head that an operator gave up before is named by a signed entry and is not asked for again.
 */
export async function containment(
  db: Kysely<Tables>,
  end: ChainEnd,
  heads: readonly ChainEnd[],
  trusted: readonly KeyObject[],
): Promise<Containment> {
  const givenUp = await headsGivenUp(db, trusted);
  let confirmed: ChainEnd | null = null;
  let lost: ChainEnd | null = null;
  for (const head of heads) {
    if (head.origin !== end.origin) {
      if (!givenUp.origins.has(head.origin)) throw anotherLedger(end, head);
    } else if (await isIn(db, end, head)) {
      confirmed ??= head;
    } else if (!givenUp.ranges.some(({ above, upTo }) => head.seq > above && head.seq <= upTo)) {
      if (head.seq <= end.seq)
        throw corrupt(`the ledger was written anew: entry ${head.seq} is not the one that was kept`);
      lost ??= head;
    }
  }
  return { confirmed, lost };
}

async function isIn(db: Kysely<Tables>, end: ChainEnd, head: ChainEnd): Promise<boolean> {
  if (head.seq === 0) return head.hash === genesisHash(end.origin);
  const row = await db.selectFrom('entries').select('hash').where('seq', '=', head.seq).executeTakeFirst();
  return row?.hash === head.hash && head.seq <= end.seq;
}

function anotherLedger(end: ChainEnd, head: ChainEnd): Fault {
  return unsuitable(
    `this is another ledger (${end.origin}) than the one that was in use before (${head.origin}). ` +
      'Put the right one back, or see "When the start refuses the ledger" in docs/operations.md',
  );
}

/** What the start says of an older copy. */
export function olderCopy(end: ChainEnd, lost: ChainEnd): Fault {
  return unsuitable(
    `the ledger is an older copy: it ends with entry ${end.seq}, and entry ${lost.seq} was already written. ` +
      'Put the newest one back, or see "When the start refuses the ledger" in docs/operations.md',
  );
}

interface GivenUp {
  /** Names of ledgers that came before this one. */
  readonly origins: ReadonlySet<string>;
  /** Entries of this ledger that were lost with a newer copy. */
  readonly ranges: readonly { readonly above: number; readonly upTo: number }[];
}

const newDetail = z.object({ before: z.array(z.string()) });
const restoredDetail = z.object({ lost: z.number() });

/** Only what bears a signature counts, and only the detail that was signed: whoever gives up a head has the key. */
async function headsGivenUp(db: Kysely<Tables>, trusted: readonly KeyObject[]): Promise<GivenUp> {
  const rows = await db
    .selectFrom('entries')
    .innerJoin('details', 'details.seq', 'entries.seq')
    .innerJoin('signatures', 'signatures.seq', 'entries.seq')
    .selectAll('entries')
    .select(['details.salt', 'details.detail', 'signatures.signature'])
    .where('entries.code', 'in', [STARTED_NEW_CODE, RESTORED_CODE])
    .execute();
  const signed = rows.filter(
    (row) =>
      trusted.some((key) => isEntrySignedBy(key, row.hash, row.signature)) &&
      recordHash(recordOf(row)) === row.hash &&
      detailCommitment(row.salt, row.detail) === row.detail_commitment,
  );
  const origins = new Set<string>();
  const ranges: { above: number; upTo: number }[] = [];
  for (const { seq, code, detail } of signed) {
    const said: unknown = JSON.parse(detail);
    if (code === STARTED_NEW_CODE) for (const text of newDetail.parse(said).before) origins.add(originIn(text));
    else ranges.push({ above: seq - 1, upTo: restoredDetail.parse(said).lost });
  }
  return { origins, ranges };
}

/** A head as an entry names it: `<origin> <number> <hash>`. */
export function headText({ origin, seq, hash }: ChainEnd): string {
  return `${origin} ${seq} ${hash}`;
}

function originIn(text: string): string {
  return text.split(' ')[0] ?? '';
}
