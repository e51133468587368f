/**
 * Reads the rows of the chain in order, for verification: a million of them, so they are read as plain columns, some hundreds at a
 * time, and entries and details side by side instead of one look-up for each.
 */
import type { Database } from 'better-sqlite3';

/** A record with its detail, as the tables hold it. */
export interface ChainRow {
  readonly seq: number;
  readonly at: string;
  readonly code: string;
  readonly actor: string;
  readonly about: string | null;
  readonly case_id: number | null;
  readonly intent_id: string | null;
  readonly detail_commitment: string;
  readonly case_digest: string | null;
  readonly prev: string;
  readonly hash: string;
  /** `null`, like the detail, when it was erased. */
  readonly salt: string | null;
  readonly detail: string | null;
}

type EntryColumns = readonly [
  seq: number,
  at: string,
  code: string,
  actor: string,
  about: string | null,
  caseId: number | null,
  intentId: string | null,
  detailCommitment: string,
  caseDigest: string | null,
  prev: string,
  hash: string,
];
type DetailColumns = readonly [seq: number, salt: string, detail: string];

/**
 * The rows after a number, `rowsAtOnce` at a time. Whoever reads them lets others run between two chunks. The view must stay the
 * same meanwhile: begin a transaction first.
 */
export function* chainRows(
  database: Database,
  after: number,
  rowsAtOnce: number,
): Generator<readonly ChainRow[], void, undefined> {
  const entries = database
    .prepare<[number, number]>(
      `select seq, at, code, actor, about, case_id, intent_id, detail_commitment, case_digest, prev, hash
       from entries where seq > ? order by seq limit ?`,
    )
    .raw();
  const details = database
    .prepare<[number, number]>('select seq, salt, detail from details where seq > ? and seq <= ? order by seq')
    .raw();
  for (let last = after; ;) {
    const read = entries.all(last, rowsAtOnce) as EntryColumns[];
    const newest = read.at(-1)?.[0];
    if (newest === undefined) return;
    yield joined(read, details.all(last, newest) as DetailColumns[]);
    last = newest;
  }
}

/** Both are in the order of their numbers. A detail without an entry is left out; verification counts those. */
function joined(entries: readonly EntryColumns[], details: readonly DetailColumns[]): readonly ChainRow[] {
  let next = 0;
  return entries.map(
    ([seq, at, code, actor, about, case_id, intent_id, detail_commitment, case_digest, prev, hash]) => {
      while ((details[next]?.[0] ?? Infinity) < seq) next += 1;
      const own = details[next];
      const isOwn = own?.[0] === seq;
      const salt = isOwn ? own[1] : null;
      const detail = isOwn ? own[2] : null;
      return {
        seq,
        at,
        code,
        actor,
        about,
        case_id,
        intent_id,
        detail_commitment,
        case_digest,
        prev,
        hash,
        salt,
        detail,
      };
    },
  );
}
